package dev.sobre.tls;

import static dev.sobre.tls.OpenSslPeer.reused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.PkiException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a session is continued and where it must not be. Lesson 17. */
class ResumptionTest {
    private final Identity mail = Identity.selfSigned("mail.example.org");
    @TempDir Path home;

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void aSessionOfOneListenerResumesOnAnother(Engine engine, String version) throws Exception {
        TlsClient client = client(version, mail);
        try (var server = new Echo(TlsSettings.of(mail).withEngine(engine))) {
            int imaps = server.listen(s -> s.withAlpn("imap"));
            int smtps = server.listen(s -> s.withAlpn("smtp"));
            assertFalse(talk(client, imaps).resumed());
            assertFalse(server.secured().resumed());
            assertTrue(talk(client, smtps).resumed());
            TlsInfo resumed = server.secured();
            assertTrue(resumed.resumed());
            assertEquals(version, resumed.version());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionResumesAfterARestart(String version) throws Exception {
        TlsClient client = client(version, mail);
        try (var before = kept(mail)) {
            assertFalse(talk(client, before.listen()).resumed());
        }
        try (var after = kept(mail)) {
            assertTrue(talk(client, after.listen()).resumed());
        }
    }

    @Test
    void keysThatEndWithTheProcessDoNotResumeAfterARestart() throws Exception {
        TlsClient client = client("TLSv1.3", mail);
        try (var before = Echo.of(mail)) {
            assertFalse(talk(client, before.listen()).resumed());
        }
        try (var after = Echo.of(mail)) {
            assertFalse(talk(client, after.listen()).resumed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionNeverCrossesAnIdentity(String version) throws Exception {
        var other = Identity.selfSigned("mail.example.org");
        TlsClient client = client(version, mail, other);
        try (var one = kept(mail);
                var two = kept(other)) {
            assertFalse(talk(client, one.listen()).resumed());
            assertFalse(talk(client, two.listen()).resumed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionNeverCrossesAPolicy(String version) throws Exception {
        var standard = TlsPolicy.standard();
        var narrow = standard.withGroups("P-256");
        var settings = TlsSettings.of(mail);
        TlsClient client = client(version, mail);
        try (var one = new Echo(settings);
                var two = new Echo(settings.withPolicy(narrow))) {
            assertFalse(talk(client, one.listen()).resumed());
            assertFalse(talk(client, two.listen()).resumed());
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void aSessionOutlivesTheSwapOfOtherIdentitiesButNotOfItsOwn(Engine engine, String version)
            throws Exception {
        var one = Identity.selfSigned("one.example.org");
        var two = Identity.selfSigned("two.example.org");
        var renewed = Identity.selfSigned("mail.example.org");
        TlsClient client = client(version, mail, renewed);
        try (var server = new Echo(TlsSettings.of(mail, one).withEngine(engine))) {
            int port = server.listen();
            assertFalse(talk(client, port).resumed());
            server.tls().serve(List.of(two, mail));
            assertTrue(talk(client, port).resumed());
            server.tls().serve(List.of(two, renewed));
            assertFalse(talk(client, port).resumed());
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, -tls1_3", "BORINGSSL, -tls1_2", "JDK, -tls1_3", "JDK, -tls1_2"})
    void aListenerCanDoWithoutTickets(Engine engine, String version) throws Exception {
        try (var server = new Echo(TlsSettings.of(mail).withEngine(engine))) {
            String session = home.resolve("session").toString();
            int giving = server.listen();
            int without = server.listen(s -> s.withTickets(false));
            String given = OpenSslPeer.talk(giving, version, "-sess_out", session);
            assertTrue(given.contains("TLS session ticket:"), given);
            String none = OpenSslPeer.talk(without, version);
            assertFalse(none.contains("TLS session ticket:"), none);
            assertFalse(reused(OpenSslPeer.talk(without, version, "-sess_in", session)));
            assertTrue(reused(OpenSslPeer.talk(giving, version, "-sess_in", session)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void aSessionNeverCrossesAServerName(String version) throws Exception {
        var other = Identity.selfSigned("other.example.org");
        String session = home.resolve("session").toString();
        try (var server = Echo.of(mail, other)) {
            int port = server.listen();
            String ours = "mail.example.org";
            OpenSslPeer.talk(port, version, "-servername", ours, "-sess_out", session);
            assertFalse(asks(port, version, "other.example.org", session));
            assertTrue(asks(port, version, ours, session));
        }
    }

    private static boolean asks(int port, String version, String name, String session)
            throws Exception {
        return reused(OpenSslPeer.talk(port, version, "-servername", name, "-sess_in", session));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void aTicketIsOpenedByAFormerKeyAndByNoneThatHasExpired(String version) throws Exception {
        String session = home.resolve("session").toString();
        var hours = new AtomicInteger();
        var start = Instant.now();
        var keys =
                TicketKeys.inMemory(
                        TicketSchedule.standard(), () -> start.plus(Duration.ofHours(hours.get())));
        try (var server = new Echo(TlsSettings.of(mail).withTickets(keys))) {
            int port = server.listen();
            OpenSslPeer.talk(port, version, "-sess_out", session);
            hours.set(11);
            assertTrue(reused(OpenSslPeer.talk(port, version, "-sess_in", session)));
            hours.set(23);
            assertTrue(reused(OpenSslPeer.talk(port, version, "-sess_in", session)));
            hours.set(24);
            assertFalse(reused(OpenSslPeer.talk(port, version, "-sess_in", session)));
            assertEquals(List.of(new SessionCounts("echo", 1, 2, 1)), server.sessions());
        }
    }

    @Test
    void clientsOfTls12WithoutTicketsResumeByTheirSessionId() throws Exception {
        assertTrue(resumesById(TlsSettings.of(mail)));
        assertFalse(resumesById(TlsSettings.of(mail).withSessionCache(0)));
    }

    private boolean resumesById(TlsSettings settings) throws Exception {
        String session = home.resolve("session").toString();
        try (var server = new Echo(settings)) {
            int port = server.listen();
            OpenSslPeer.talk(port, "-tls1_2", "-no_ticket", "-sess_out", session);
            return reused(OpenSslPeer.talk(port, "-tls1_2", "-no_ticket", "-sess_in", session));
        }
    }

    @Test
    void theCacheOfSessionIdsForgetsTheOldest() throws Exception {
        try (var server = new Echo(TlsSettings.of(mail).withSessionCache(2))) {
            int port = server.listen();
            for (String name : List.of("one", "two", "three")) {
                String file = home.resolve(name).toString();
                OpenSslPeer.talk(port, "-tls1_2", "-no_ticket", "-sess_out", file);
            }
            String one = home.resolve("one").toString();
            String three = home.resolve("three").toString();
            assertTrue(reused(OpenSslPeer.talk(port, "-tls1_2", "-no_ticket", "-sess_in", three)));
            assertFalse(reused(OpenSslPeer.talk(port, "-tls1_2", "-no_ticket", "-sess_in", one)));
        }
    }

    @Test
    void countsFullResumedAndRefusedHandshakesOfEachListener() throws Exception {
        String session = home.resolve("session").toString();
        var settings = TlsSettings.of(mail);
        try (var server = new Echo(settings);
                var stranger = new Echo(settings.withTickets(TicketKeys.inMemory()))) {
            int imaps = server.listen(s -> s.withName("imaps"));
            int smtps = server.listen(s -> s.withName("smtps"));
            int other = stranger.listen(s -> s.withName("other"));
            for (String version : List.of("-tls1_3", "-tls1_2")) {
                assertFalse(reused(OpenSslPeer.talk(imaps, version, "-sess_out", session)));
                assertTrue(reused(OpenSslPeer.talk(smtps, version, "-sess_in", session)));
                assertTrue(reused(OpenSslPeer.talk(smtps, version, "-sess_in", session)));
                assertFalse(reused(OpenSslPeer.talk(other, version, "-sess_in", session)));
            }
            assertEquals(
                    List.of(
                            new SessionCounts("imaps", 2, 0, 0),
                            new SessionCounts("smtps", 0, 4, 0)),
                    server.sessions());
            assertEquals(List.of(new SessionCounts("other", 0, 0, 2)), stranger.sessions());
        }
    }

    private Echo kept(Identity identity) throws PkiException {
        return new Echo(
                TlsSettings.of(identity).withTickets(TicketKeys.in(home.resolve("tickets"))));
    }

    private static TlsClient client(String version, Identity... trusted) {
        var standard = TlsPolicy.standard();
        return TlsClient.of(
                ClientSettings.to("mail.example.org")
                        .withTrusted(List.of(trusted).stream().map(Identity::certificate).toList())
                        .withPolicy(standard.withVersions(version))
                        .withTimeout(Duration.ofSeconds(10)));
    }

    /** Says a word and hears it back, by when tickets have come; then closes. */
    private static TlsInfo talk(TlsClient client, int port) throws InterruptedException {
        var heard = new CountDownLatch(1);
        var loop = EventLoops.shared().group().next();
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Dialled dialled =
                client.dial(to, loop, (channel, tls) -> channel.pipeline().addLast(new Say(heard)))
                        .sync()
                        .getNow();
        dialled.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'x'})).sync();
        assertTrue(heard.await(10, TimeUnit.SECONDS));
        dialled.channel().close().sync();
        return dialled.tls();
    }

    /** Counts down with the first word it hears. */
    private static final class Say extends SimpleChannelInboundHandler<ByteBuf> {
        private final CountDownLatch heard;

        Say(CountDownLatch heard) {
            this.heard = heard;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            heard.countDown();
        }
    }
}
