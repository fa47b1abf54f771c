package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.line.LineConnection;
import dev.sobre.line.sasl.PasswordHash;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Clients behind a proxy: whom its PROXY header names is the client wherever one is named. */
class ProxiedClientsTest {

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };

    private final Home home;
    private final Server server;

    ProxiedClientsTest(@TempDir Path root) throws IOException {
        var standard = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        home = FirstRun.create(root.resolve("home"), standard);
        Path file = home.configurationFile();
        String open =
                """
                addresses = ["127.0.0.1", "unix:$1.sock"]
                proxy-from = ["127.0.0.1"]
                socket-mode = "0600"
                reuse-port = true
                """;
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("(?s)\\[(smtps|imaps)](.*?)addresses = \\[]\n", "[$1]$2" + open)
                        .replace("addresses = []", "addresses = [\"127.0.0.1\"]"));
        server = Server.start(home, home.configuration());
        String hash = PasswordHash.argon2id("long secret");
        server.store().accounts().create(List.of("ann@localhost"), hash, false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, [203.0.113.7]",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7, [IPv6:2001:db8:0:0:0:0:0:7]"
    })
    void theHeadersAddressIsInReceivedFieldsAndSessions(
            String client, String shown, String received) throws Exception {
        try (var smtp = client(Service.SMTPS, proxied(client))) {
            smtp.meets("220 ");
            smtp.ask("HELO here", "250 localhost greets " + shown);
            smtp.ask("AUTH PLAIN " + LineClient.base64("\0ann@localhost\0long secret"), "235 ");
            smtp.ask("MAIL FROM:<ann@localhost>", "250 ");
            smtp.ask("RCPT TO:<ann@localhost>", "250 ");
            smtp.ask("DATA", "354 ");
            smtp.ask("From: ann@localhost\r\n\r\nhello\r\n.", "250 ");
        }
        try (var imap = loggedIn(proxied(client))) {
            imap.send("2 SELECT INBOX");
            imap.skipTo("2 OK");
            imap.send("3 FETCH 1 BODY[HEADER.FIELDS (RECEIVED)]");
            var header = new StringBuilder();
            for (String line = imap.line(); !line.startsWith("3 OK"); line = imap.line()) {
                header.append(line).append('\n');
            }
            assertTrue(header.toString().contains("Received: from here (" + received + ")"));
            assertFalse(header.toString().contains("127.0.0.1"), header.toString());
            assertTrue(sessions().contains(" from " + shown + ", "), sessions());
            String json = sessions("--json");
            assertTrue(json.contains("\"address\":\"" + shown + "\""), json);
            assertFalse((sessions() + json).contains("127.0.0.1"), json);
        }
    }

    @Test
    void aRefusedLoginIsLoggedWithTheHeadersAddress() throws Exception {
        try (var log = new LogLines();
                var imap = client(Service.IMAPS, proxied("2001:db8::9"))) {
            imap.meets("* OK");
            imap.ask("1 LOGIN ann@localhost wrong", "1 NO");
            String logged = "imaps: login from 2001:db8:0:0:0:0:0:9 refused";
            assertEquals(logged, log.lines().getFirst());
        }
    }

    /** LESSONS 12: put off is the address, on all services, and nobody else. */
    @Test
    void whoTriesManyPasswordsIsPutOff() throws Exception {
        for (int connection = 0; connection < 2; connection++) {
            try (var imap = client(Service.IMAPS, proxied("203.0.113.9"))) {
                imap.meets("* OK");
                for (int i = 0; i < 5; i++) {
                    imap.ask("1 LOGIN ann@localhost wrong" + connection + i, "1 NO [AUTHENT");
                }
            }
        }
        try (var imap = client(Service.IMAPS, proxied("203.0.113.9"));
                var smtp = client(Service.SMTPS, proxied("203.0.113.9"))) {
            imap.meets("* OK");
            imap.ask("1 LOGIN ann@localhost \"long secret\"", "1 NO [UNAVAILABLE] too many wrong");
            smtp.meets("220 ");
            smtp.ask("EHLO here", "250");
            smtp.skipTo("250 ");
            smtp.ask(
                    "AUTH PLAIN " + LineClient.base64("\0ann@localhost\0long secret"),
                    "454 4.7.0 too many");
        }
        loggedIn(proxied("203.0.113.10")).close();
    }

    /** Version 2's LOCAL: the proxy looks whether we are there. */
    @Test
    void theProxysOwnConnectionsAreTheProxys() throws Exception {
        try (var imap = loggedIn(header(0x20, 0, new byte[0]))) {
            assertTrue(sessions().contains(" from 127.0.0.1, "), sessions());
            imap.ask("2 NOOP", "2 OK");
        }
    }

    @Test
    void socketsHaveTheModeThatTheFileSays() throws Exception {
        for (String service : List.of("smtps", "imaps")) {
            var mode = Files.getPosixFilePermissions(home.resolve(service + ".sock"));
            assertEquals(PosixFilePermissions.fromString("rw-------"), mode);
        }
    }

    private String sessions(String... options) throws IOException {
        var words = new ArrayList<>(List.of("sessions"));
        words.addAll(List.of(options));
        var office = new Office("localhost", server.store(), Optional.of(server));
        var caller = ScriptedCaller.answering();
        assertEquals(0, AdminCommands.run(words, office, caller), caller.complained());
        return caller.printed();
    }

    private static byte[] proxied(String client) {
        byte[] address = InetAddress.ofLiteral(client).getAddress();
        var body = ByteBuffer.allocate(2 * address.length + 4);
        body.put(address).put(new byte[address.length]).putShort((short) 4711);
        return header(0x21, address.length == 4 ? 0x11 : 0x21, body.array());
    }

    private static byte[] header(int command, int family, byte[] body) {
        var all = ByteBuffer.allocate(16 + body.length);
        all.put(SIGNATURE).put((byte) command).put((byte) family).putShort((short) body.length);
        return all.put(body).array();
    }

    private LineClient loggedIn(byte[] header) throws Exception {
        var imap = client(Service.IMAPS, header);
        imap.meets("* OK");
        imap.ask("1 LOGIN ann@localhost \"long secret\"", "1 OK");
        return imap;
    }

    /** A proxy: says for whom it connects, then speaks TLS and lines. */
    private LineClient client(Service service, byte[] header) throws Exception {
        return LineClient.connect(home, server.port(service), header);
    }

    /** What sessions log while this is open. */
    private static final class LogLines implements AutoCloseable {
        private final Logger logger = (Logger) LoggerFactory.getLogger(LineConnection.class);
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        LogLines() {
            appender.start();
            logger.setLevel(Level.INFO);
            logger.addAppender(appender);
        }

        List<String> lines() {
            return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
            logger.setLevel(null);
        }
    }
}
