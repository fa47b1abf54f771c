package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.smtp.SmtpsServer;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a store's spool to another server, which is a real one: GreenMail. */
class RelayTest {

    private final GreenMail far = greenMail();
    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");

    private static GreenMail greenMail() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(60_000); // GreenMail's own is short on a busy machine
        return new GreenMail(setup);
    }

    @AfterEach
    void stop() {
        far.stop();
        store.close();
    }

    @Test
    void mailLeavesWithoutItsReturnPath() throws Exception {
        far.start();
        submit(
                "Return-Path: <as-stored@example.org>\r\nSubject: hello\r\n\r\n.dot\r\n..\r\nend\r\n",
                "bob@far.example",
                "eve@far.example");
        try (var relay = Relay.start(settings(), store, recipients())) {
            gone();
        }
        var got = far.getReceivedMessages();
        assertEquals(2, got.length);
        assertEquals("hello", got[0].getSubject());
        assertArrayEquals(
                new String[] {"<ann@example.org>"}, got[0].getHeader("Return-Path")); // GreenMail's
        assertEquals(".dot\r\n..\r\nend", GreenMailUtil.getBody(got[0]).strip());
        assertEquals(
                List.of("bob@far.example", "eve@far.example"),
                Arrays.stream(
                                far.getUserManager().listUser().stream()
                                        .map(u -> u.getEmail())
                                        .sorted()
                                        .toArray(String[]::new))
                        .toList());
    }

    @Test
    void anotherSobreIsTheSmarthost() throws Exception {
        var identity = Identity.selfSigned("localhost");
        var there = MemoryStore.with("ann@example.org", "secret").and("bob@far.example", "x");
        try (var server =
                SmtpsServer.start(
                        SmtpSettings.onLoopback(0),
                        TlsContext.of(identity),
                        there.authenticator(),
                        there)) {
            var login = Optional.of(new Smarthost.Login("ann@example.org", "secret"));
            var route =
                    new Smarthost(
                            "localhost",
                            server.port(),
                            Security.IMPLICIT,
                            login,
                            List.of(identity.certificate()));
            submit("Subject: hello\r\n\r\ntext\r\n", "bob@far.example");
            try (var relay =
                    Relay.start(RelaySettings.by(route, "mail.example.org"), store, recipients())) {
                gone();
            }
            var inbox = there.find(there.account("bob@far.example").id(), Mailbox.INBOX);
            assertEquals(1, there.state(inbox.orElseThrow().id()).messages());
        }
    }

    private void gone() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> store.spool().size() == 0);
    }

    private Recipients recipients() {
        return new Recipients(store.accounts(), Set.of(), "+");
    }

    private RelaySettings settings() {
        var there =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), far.getSmtp().getPort());
        var hosts = List.of(new Host("mx.far.example", there, Security.OPPORTUNISTIC));
        return RelaySettings.by(
                        new Direct(domain -> new Destination.Hosts(hosts)), "mail.example.org")
                .withTimeouts(Timeouts.each(Duration.ofSeconds(20)));
    }

    private void submit(String text, String... recipients) {
        var entries =
                Arrays.stream(recipients)
                        .map(to -> new Spool.Entry(to, "far.example", Instant.now(), 0, ""))
                        .toList();
        var body = BlobSource.Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        store.accept(
                new Submission(
                        DeliveryId.random(),
                        "ann@example.org",
                        body,
                        Instant.now(),
                        List.of(),
                        entries));
    }
}
