package dev.sobre.pop3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.junit.jupiter.api.Test;

/** The README's snippet, with a mail client of another make on the other side. */
class EmbeddingTest {

    private static final byte[] MAIL =
            "Subject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\u00fc\u00dfe\r\n.\r\n..\r\nAnn\r\n"
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void snippet() throws Exception {
        var identity = Identity.selfSigned("localhost");
        var tls = TlsContext.of(identity);
        var store = MemoryStore.with("ann@example.org", "secret");
        try (var s = Pop3sServer.start(0, tls, store)) {
            deliver(store);
            readAndRemove(s.port(), identity);
        }
        assertEquals(1, store.index(inbox(store)).size());
    }

    private static void readAndRemove(int port, Identity identity) throws Exception {
        var settings = new Properties();
        settings.setProperty("mail.pop3s.ssl.checkserveridentity", "true");
        settings.put(
                "mail.pop3s.ssl.socketFactory",
                ScriptClient.trusting(identity.certificate()).getSocketFactory());
        try (Store store = Session.getInstance(settings).getStore("pop3s")) {
            store.connect("localhost", port, "ann@example.org", "secret");
            var folder = (POP3Folder) store.getFolder("INBOX");
            folder.open(Folder.READ_WRITE);
            assertEquals(2, folder.getMessageCount());
            var message = folder.getMessage(1);
            assertEquals("Hello", message.getSubject());
            var whole = new ByteArrayOutputStream();
            message.writeTo(whole);
            assertArrayEquals(MAIL, whole.toByteArray());
            message.setFlag(Flag.DELETED, true);
            folder.close(true);
        }
    }

    private static void deliver(MemoryStore store) {
        for (int i = 0; i < 2; i++) {
            var body = BlobSource.Bytes.of(MAIL);
            var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.now());
            store.append(inbox(store), List.of(delivery));
        }
    }

    private static MailboxId inbox(MemoryStore store) {
        return store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    }
}
