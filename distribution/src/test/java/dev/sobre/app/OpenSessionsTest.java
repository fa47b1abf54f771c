package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.line.sasl.PasswordHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the open sessions of an account that an administrator removes or changes. */
class OpenSessionsTest {

    private static final String CHANGED = "your account was changed or removed; log in again";

    private final Home home;
    private final Server server;

    OpenSessionsTest(@TempDir Path root) {
        var configuration = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        home = FirstRun.create(root.resolve("home"), configuration);
        server = Server.start(home, configuration);
        String hash = PasswordHash.argon2id("long secret");
        server.store().accounts().create(List.of("ann@localhost"), hash, false);
        server.store().accounts().create(List.of("bob@localhost"), hash, false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allEndWhenTheAccountIsRemoved() throws Exception {
        allEndAfter("user", "remove", "--yes", "ann");
    }

    @Test
    void allEndWhenThePasswordIsChanged() throws Exception {
        allEndAfter("user", "passwd", "--generate", "ann");
    }

    private void allEndAfter(String... command) throws Exception {
        try (var smtp = smtp("ann@localhost");
                var pop3 = pop3();
                var imap = imap("ann@localhost");
                var idling = imap("ann@localhost");
                var other = imap("bob@localhost")) {
            idling.say("3 IDLE", "+ idling");
            var office = new Office("localhost", server.store(), Optional.of(server));
            var caller = ScriptedCaller.answering();
            assertEquals(
                    0, AdminCommands.run(List.of(command), office, caller), caller.complained());
            smtp.ends("421 4.7.0 " + CHANGED);
            pop3.ends("-ERR " + CHANGED);
            imap.ends("* BYE " + CHANGED);
            idling.ends("* BYE " + CHANGED);
            other.say("3 NOOP", "3 OK NOOP completed");
        }
    }

    @Test
    void whatWasRefusedIsExplained() throws Exception {
        try (var smtp = smtp("ann@localhost");
                var imap = new Client(server.port(Service.IMAPS))) {
            smtp.send("MAIL FROM:<ann@localhost>");
            assertTrue(smtp.line().startsWith("250"));
            smtp.send("RCPT TO:<Eve@localhost>");
            assertTrue(smtp.line().startsWith("550"));
            assertTrue(imap.line().startsWith("* OK"));
            imap.send("1 LOGIN bob@localhost wrong");
            assertTrue(imap.line().startsWith("1 NO"));
        }
        assertTrue(explained("eve").contains(": mail: there is no such user here\n"));
        assertTrue(explained("bob").contains(": a login from 127.0.0.1: wrong, or not allowed\n"));
        assertTrue(
                explained("ann")
                        .endsWith(
                                "nothing was refused since the server started, as far"
                                        + " as it remembers\n"));
    }

    private String explained(String address) throws Exception {
        var office = new Office("localhost", server.store(), Optional.of(server));
        var caller = ScriptedCaller.answering();
        assertEquals(0, AdminCommands.run(List.of("explain", address), office, caller));
        return caller.printed();
    }

    private Client smtp(String user) throws Exception {
        var client = new Client(server.port(Service.SMTPS));
        client.hears("220 localhost ESMTP ready");
        client.say("HELO here", "250 localhost greets 127.0.0.1");
        client.say("AUTH LOGIN", "334 VXNlcm5hbWU6");
        client.say(base64(user), "334 UGFzc3dvcmQ6");
        client.say(base64("long secret"), "235 2.7.0 welcome");
        return client;
    }

    private Client pop3() throws Exception {
        var client = new Client(server.port(Service.POP3S));
        assertTrue(client.line().startsWith("+OK"));
        client.say("USER ann@localhost", "+OK and the password?");
        client.say("PASS long secret", "+OK the maildrop has 0 messages");
        return client;
    }

    private Client imap(String user) throws Exception {
        var client = new Client(server.port(Service.IMAPS));
        assertTrue(client.line().startsWith("* OK"));
        client.send("1 LOGIN " + user + " \"long secret\"");
        assertTrue(client.line().startsWith("1 OK"));
        client.send("2 SELECT INBOX");
        String line = client.line();
        while (line.startsWith("*")) line = client.line();
        assertEquals("2 OK [READ-WRITE] SELECT completed", line);
        return client;
    }

    private static String base64(String text) {
        var octets = text.getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(octets);
    }

    /** A TLS client that speaks lines. */
    private final class Client implements AutoCloseable {
        private final SSLSocket socket;
        private final BufferedReader in;

        Client(int port) throws Exception {
            socket = (SSLSocket) trust().getSocketFactory().createSocket("localhost", port);
            socket.setSoTimeout(30_000);
            in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        void say(String line, String answer) throws IOException {
            send(line);
            hears(answer);
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        void hears(String line) throws IOException {
            assertEquals(line, line());
        }

        void ends(String lastLine) throws IOException {
            hears(lastLine);
            hears("<end>");
        }

        String line() throws IOException {
            String line = in.readLine();
            return line == null ? "<end>" : line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private SSLContext trust() throws Exception {
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream pem = Files.newInputStream(home.authority())) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            authorities.setCertificateEntry("ca", certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
