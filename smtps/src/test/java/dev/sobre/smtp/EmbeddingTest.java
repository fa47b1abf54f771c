package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The README's snippet, with a mail client of another make on the other side. */
class EmbeddingTest {

    private final BlockingQueue<String> archived = new LinkedBlockingQueue<>();

    @Test
    void snippet() throws Exception {
        var identity = Identity.selfSigned("localhost");
        var tls = TlsContext.of(identity);
        var store = MemoryStore.with("ann@example.org", "secret");
        try (var s =
                SmtpsServer.start(
                        0,
                        tls,
                        store.authenticator(),
                        (envelope, body) -> archive(envelope, body))) {
            send(s.port(), identity);
        }
        String mail = archived.poll(20, TimeUnit.SECONDS);
        assertTrue(mail != null && mail.contains("\r\nSubject: Hello\r\n"), mail);
        assertEquals(
                "Gr\u00fc\u00dfe\r\n.\r\nAnn\r\n", mail.substring(mail.indexOf("\r\n\r\n") + 4));
    }

    private void archive(Envelope envelope, MessageBody body) throws IOException {
        assertEquals(body.length(), body.bytes().length);
        assertEquals("bob@example.net", envelope.recipients().getFirst().toString());
        archived.add(new String(body.bytes(), StandardCharsets.UTF_8));
    }

    private static void send(int port, Identity identity) throws Exception {
        var settings = new Properties();
        settings.setProperty("mail.smtps.ssl.checkserveridentity", "true");
        settings.put(
                "mail.smtps.ssl.socketFactory",
                ScriptClient.trusting(identity.certificate()).getSocketFactory());
        var session = Session.getInstance(settings);
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress("ann@example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@example.net"));
        message.setSubject("Hello");
        message.setText("Gr\u00fc\u00dfe\r\n.\r\nAnn\r\n", "utf-8");
        message.setHeader("Content-Transfer-Encoding", "8bit");
        message.saveChanges();
        try (Transport transport = session.getTransport("smtps")) {
            transport.connect("localhost", port, "ann@example.org", "secret");
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
