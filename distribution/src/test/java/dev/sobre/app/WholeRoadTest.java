package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.app.text.Failure;
import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PemFiles;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.BodyTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mail's whole way, with Jakarta Mail at both ends: in over SMTPS, into the store on the disk,
 * out over IMAPS and POP3S, and still there after a restart.
 */
class WholeRoadTest {

    private static final String PASSWORD = "a long secret";

    /** 8-bit, dots at line beginnings, a line of 990 octets. */
    private static final byte[] ODD =
            ("Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nFrom: ann@localhost\r\nTo: bob@localhost\r\nSubject: odd\r\n"
                            + "Message-ID: <odd@localhost>\r\nMIME-Version: 1.0\r\n"
                            + "Content-Type: text/plain; charset=utf-8\r\n"
                            + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                            + "Grüße, 日本\r\n.\r\n..\r\n.dot\r\n"
                            + "x".repeat(990)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);

    private final Configuration configuration =
            Configuration.standard("localhost", "localhost", 0).onFreePorts();
    private final Home home;
    private Server server;

    WholeRoadTest(@TempDir Path root) {
        home = FirstRun.create(root.resolve("home"), configuration);
        server = Server.start(home, configuration);
    }

    @BeforeEach
    void twoUsers() {
        String hash = PasswordHash.argon2id(PASSWORD);
        server.store().accounts().create(List.of("ann@localhost"), hash, false);
        server.store().accounts().create(List.of("bob@localhost"), hash, false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMailGoesInOverSmtpsAndComesOutOverImapsAndPop3s() throws Exception {
        send("bob@localhost");
        assertTail(ODD, newest("imap", Service.IMAPS));
        assertTail(ODD, newest("pop3", Service.POP3S));
    }

    @Test
    void onItsWayNoEventLoopIsHeldUp() throws Exception {
        var text = new String(ODD, StandardCharsets.UTF_8) + "much\r\n".repeat(100_000);
        byte[] large = text.getBytes(StandardCharsets.UTF_8); // so that it gets a file of its own
        try (var loops = new HeldUpLoops(home.root())) {
            send("bob@localhost", large);
            assertTail(large, newest("imap", Service.IMAPS));
            assertTail(large, newest("pop3", Service.POP3S));
            flagged(Flags.Flag.ANSWERED);
            assertEquals(List.of("* SEARCH 1"), foundWith("日本"));
            assertEquals(List.of(), loops.seen());
        }
    }

    @Test
    void itIsThereAfterARestart() throws Exception {
        send("bob@localhost");
        long uid = flagged(Flags.Flag.ANSWERED);
        server.close();
        server = Server.start(home, configuration);
        assertTail(ODD, newest("imap", Service.IMAPS));
        try (var store = connected("imap", Service.IMAPS);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(uid, ((UIDFolder) inbox).getUID(inbox.getMessage(1)));
            assertTrue(inbox.getMessage(1).isSet(Flags.Flag.ANSWERED));
        }
    }

    @Test
    void itIsFoundByItsTextWithAnIndexInTheHomeAndWithout() throws Exception {
        send("bob@localhost");
        assertEquals(List.of("* SEARCH 1"), foundWith("日本"));
        assertTrue(Files.isDirectory(home.search()));
        server.close();
        var file = home.configurationFile();
        var without = Files.readString(file).replace("# enabled = true", "enabled = false");
        Files.writeString(file, without);
        assertFalse(home.configuration().search().enabled());
        server = Server.start(home, home.configuration());
        assertEquals(List.of("* SEARCH 1"), foundWith("日本"));
        assertEquals(List.of("* SEARCH"), foundWith("日日"));
    }

    /** What the server finds, told in UTF-8 as Angus Mail's own searches are not. */
    private List<String> foundWith(String text) throws Exception {
        try (var store = connected("imap", Service.IMAPS);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            var search = new Argument();
            search.writeAtom("BODY");
            search.writeString(text, StandardCharsets.UTF_8);
            var answer = ((IMAPFolder) inbox).doCommand(in -> in.command("SEARCH", search));
            return Arrays.stream((Response[]) answer)
                    .map(Response::toString)
                    .filter(line -> line.startsWith("* SEARCH"))
                    .toList();
        }
    }

    /** It cuts each character to eight bits, is told NO, and looks through the messages itself. */
    @Test
    void angusMailFindsItByItsText() throws Exception {
        send("bob@localhost");
        try (var store = connected("imap", Service.IMAPS);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(1, inbox.search(new BodyTerm("日本")).length);
            assertEquals(0, inbox.search(new BodyTerm("日日")).length);
        }
    }

    /** Lesson 15. */
    @Test
    void aReplacedCertificateIsServedWithoutARestart() throws Exception {
        var fresh = LocalCa.load(home.tls()).issue(List.of("localhost", "127.0.0.1"));
        PemFiles.write(
                home.resolve(configuration.certificate().chain()),
                home.resolve(configuration.certificate().key()),
                fresh);
        String fingerprint = CertificateFacts.of(fresh.certificate(), Instant.now()).fingerprint();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                server.certificates()
                                        .getFirst()
                                        .facts()
                                        .fingerprint()
                                        .equals(fingerprint));
        send("bob@localhost");
        assertTail(ODD, newest("imap", Service.IMAPS));
    }

    @Test
    void oneServerPerHome() {
        var refused = assertThrows(Failure.class, () -> Server.start(home, configuration));
        String pid = Long.toString(ProcessHandle.current().pid());
        assertTrue(String.valueOf(refused.getMessage()).contains(pid), refused.getMessage());
    }

    @Test
    void aHomeIsNeverOverwritten() {
        assertThrows(Failure.class, () -> FirstRun.create(home.root(), configuration));
    }

    private long flagged(Flags.Flag flag) throws Exception {
        try (var store = connected("imap", Service.IMAPS);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_WRITE);
            inbox.getMessage(1).setFlag(flag, true);
            return ((UIDFolder) inbox).getUID(inbox.getMessage(1));
        }
    }

    private void send(String to) throws Exception {
        send(to, ODD);
    }

    private void send(String to, byte[] mail) throws Exception {
        try (var transport = session("smtp").getTransport("smtp")) {
            transport.connect("localhost", server.port(Service.SMTPS), "ann@localhost", PASSWORD);
            var message = new MimeMessage(session("smtp"), new ByteArrayInputStream(mail));
            transport.sendMessage(message, new InternetAddress[] {new InternetAddress(to)});
        }
    }

    private byte[] newest(String protocol, Service service) throws Exception {
        try (var store = connected(protocol, service);
                var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(1, inbox.getMessageCount());
            Message message = inbox.getMessage(1);
            var octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toByteArray();
        }
    }

    /** The server adds its trace in front; all that was sent follows unchanged. */
    private static void assertTail(byte[] sent, byte[] received) {
        int from = received.length - sent.length;
        assertTrue(from > 0, "there is a trace field");
        assertArrayEquals(sent, Arrays.copyOfRange(received, from, received.length));
    }

    private jakarta.mail.Store connected(String protocol, Service service) throws Exception {
        var store = session(protocol).getStore(protocol);
        store.connect("localhost", server.port(service), "bob@localhost", PASSWORD);
        return store;
    }

    private Session session(String protocol) throws Exception {
        var properties = new Properties();
        properties.put("mail." + protocol + ".ssl.enable", "true");
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        var trust = LineClient.trust(home).getSocketFactory();
        properties.put("mail." + protocol + ".ssl.socketFactory", trust);
        properties.put("mail." + protocol + ".auth", "true");
        properties.put("mail." + protocol + ".allow8bitmime", "true");
        return Session.getInstance(properties);
    }
}
