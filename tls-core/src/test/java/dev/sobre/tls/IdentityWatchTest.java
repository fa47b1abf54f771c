package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.Authority;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates change below a running server. Lesson 15. */
class IdentityWatchTest {
    private static final Authority AUTHORITY = authority();
    private final Queue<IdentityEvent> events = new ConcurrentLinkedQueue<>();
    private Instant now = Instant.now();
    @TempDir Path home;

    @Test
    void theNextHandshakeHasTheReplacedPairAndRunningConnectionsLiveOn() throws Exception {
        var old = write(server());
        var watch = watch();
        try (var server = new Echo(TlsSettings.of(watch.identities()))) {
            int port = server.listen();
            try (var before = JdkPeer.trustingAnyone().connect(port)) {
                before.startHandshake();
                assertEquals(old.certificate(), before.getSession().getPeerCertificates()[0]);
                var fresh = write(server());
                assertTrue(watch.look(server.tls()));
                assertEquals(fresh.certificate(), shown(port));
                assertEquals("still", JdkPeer.echoed(before, "still"));
            }
        }
        assertEquals(List.of(Code.SERVED, Code.SERVED), codes());
    }

    @Test
    void aHalfWrittenPairKeepsTheOldAndIsTakenWhenWhole() throws Exception {
        var old = write(server());
        var watch = watch();
        var tls = context(watch);
        var fresh = server();
        Path other = Files.createDirectory(home.resolve("other"));
        PemFiles.write(other.resolve("chain.pem"), other.resolve("key.pem"), fresh);
        Files.move(other.resolve("chain.pem"), chain(), StandardCopyOption.REPLACE_EXISTING);
        assertFalse(watch.look(tls), "look again soon");
        assertEquals(old.certificate(), served(tls));
        Files.move(other.resolve("key.pem"), key(), StandardCopyOption.REPLACE_EXISTING);
        assertTrue(watch.look(tls));
        assertEquals(fresh.certificate(), served(tls));
        assertEquals(List.of(Code.SERVED, Code.SERVED), codes(), "nobody needs to hear of it");
    }

    @Test
    void aBrokenPairKeepsTheOldSaysWhyOnceAndIsTakenWhenRepaired() throws Exception {
        var old = write(server());
        var watch = watch();
        var tls = context(watch);
        Files.writeString(chain(), "-----BEGIN CERTIFICATE-----\nMIIB\n");
        assertFalse(watch.look(tls));
        assertTrue(watch.look(tls));
        assertTrue(watch.look(tls));
        assertEquals(old.certificate(), served(tls));
        assertEquals(List.of(Code.SERVED, Code.KEPT), codes());
        String said = last().sentence();
        assertEquals(chain(), last().file());
        assertTrue(said.contains(chain().toString()), said);
        assertTrue(said.contains("served on, until"), said);
        assertTrue(watch.states().getFirst().problem().isPresent());
        var fresh = write(server());
        assertTrue(watch.look(tls));
        assertEquals(fresh.certificate(), served(tls));
        assertTrue(watch.states().getFirst().problem().isEmpty());
    }

    @Test
    void whatIsPutBackAsItWasIsNoNews() throws Exception {
        write(server());
        var watch = watch();
        var tls = context(watch);
        byte[] good = Files.readAllBytes(key());
        Files.delete(key());
        assertFalse(watch.look(tls));
        Files.write(key(), good);
        assertTrue(watch.look(tls));
        assertEquals(List.of(Code.SERVED), codes());
    }

    @Test
    void namesTheReasonOfEachKindOfBreakage() throws Exception {
        var old = write(server());
        var watch = watch();
        var tls = context(watch);
        Files.delete(key());
        kept(watch, tls, key() + ": cannot read it: there is no such file");
        Files.writeString(key(), "");
        kept(watch, tls, key() + ": is empty");
        PemFiles.write(home.resolve("unused"), key(), server());
        kept(watch, tls, "belongs to no certificate of " + chain());
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        write(
                new KeyAndChain(
                        pair.getPrivate(),
                        List.of(
                                AUTHORITY.sign(
                                        AUTHORITY.order("CN=a", pair.getPublic()).named("a")))));
        kept(watch, tls, "EdDSA, which few mail programs accept");
        var day = Duration.ofDays(1);
        write(
                AUTHORITY.server(
                        Authority.ec(), now.minus(day), now.minus(Duration.ofHours(1)), "a"));
        kept(watch, tls, "expired already");
        write(AUTHORITY.server(Authority.ec(), now.plus(day), now.plus(day.multipliedBy(50)), "a"));
        kept(watch, tls, "is not valid before");
        assertEquals(old.certificate(), served(tls));
        now = now.plus(Duration.ofDays(2)); // what was too early is taken when its time has come
        assertTrue(watch.look(tls));
        assertFalse(old.certificate().equals(served(tls)));
    }

    @Test
    void aLinkThatPointsElsewhereIsAChange() throws Exception {
        // As certbot has it: live/NAME/fullchain.pem -> ../../archive/NAME/fullchain1.pem
        Path archive = Files.createDirectories(home.resolve("archive"));
        var one = server();
        var two = server();
        PemFiles.write(archive.resolve("chain1.pem"), archive.resolve("key1.pem"), one);
        PemFiles.write(archive.resolve("chain2.pem"), archive.resolve("key2.pem"), two);
        link("chain1.pem", chain());
        link("key1.pem", key());
        var watch = watch();
        var tls = context(watch);
        assertEquals(one.certificate(), served(tls));
        link("chain2.pem", chain());
        link("key2.pem", key());
        assertTrue(watch.look(tls));
        assertEquals(two.certificate(), served(tls));
    }

    @Test
    void contentCountsAndNotTimes() throws Exception {
        write(server());
        var time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        touch(time);
        var watch = watch();
        var tls = context(watch);
        var fresh = write(server());
        touch(time);
        assertTrue(watch.look(tls));
        assertEquals(fresh.certificate(), served(tls));
        touch(FileTime.from(now));
        assertTrue(watch.look(tls));
        assertEquals(List.of(Code.SERVED, Code.SERVED), codes());
    }

    @Test
    void warnsOfTheEnd30And14And7And3And1DaysAheadOnceEach() throws Exception {
        write(server(Duration.ofDays(60)));
        var watch = watch();
        var tls = context(watch);
        events.clear();
        var end = served(tls).getNotAfter().toInstant();
        for (var left = Duration.ofDays(60); !left.isNegative(); left = left.minusHours(6)) {
            now = end.minus(left);
            watch.look(tls);
        }
        now = end.plus(Duration.ofDays(3));
        watch.look(tls);
        var said = events.stream().map(IdentityEvent::sentence).toList();
        assertEquals(
                List.of("30 days", "14 days", "7 days", "3 days", "24 hours"),
                said.stream().limit(5).map(s -> s.replaceAll(".*, in (.*);.*", "$1")).toList());
        assertEquals(6, said.size(), said::toString);
        assertTrue(said.getLast().contains("expired on " + end), said.getLast());
        assertEquals(Code.EXPIRED, last().code());
    }

    @Test
    void aLateStartWarnsOnceAndARenewedCertificateHasItsOwnWarnings() throws Exception {
        write(server(Duration.ofDays(5)));
        var watch = watch();
        var tls = context(watch);
        watch.look(tls);
        watch.look(tls);
        assertEquals(List.of(Code.SERVED, Code.EXPIRES), codes());
        write(server(Duration.ofDays(10)));
        watch.look(tls);
        assertEquals(List.of(Code.SERVED, Code.EXPIRES, Code.SERVED, Code.EXPIRES), codes());
        assertTrue(last().sentence().contains("in 9 days"), last().sentence());
    }

    @Test
    void anIntermediateThatEndsFirstIsWhatCounts() throws Exception {
        var keys = Authority.ec();
        var order = AUTHORITY.order("CN=Short", keys.getPublic());
        var shortLived =
                new Authority(
                        keys,
                        AUTHORITY.sign(
                                order.time(now.minusSeconds(9), now.plus(Duration.ofDays(6)))),
                        List.of(AUTHORITY.certificate()));
        write(shortLived.server("mail.example.org"));
        var watch = watch();
        watch.look(context(watch));
        assertEquals(Code.EXPIRES, last().code());
        assertTrue(last().sentence().contains("CN=Short expires"), last().sentence());
    }

    @Test
    void aServerDoesNotStartWithoutAnIdentity() throws Exception {
        var absent = assertThrows(PkiException.class, this::watch);
        assertTrue(absent.toString().contains("there is no such file"), absent.toString());
    }

    @Test
    void theThreadOfTheWatchFindsChangesByItself() throws Exception {
        write(server());
        try (var watch = IdentityWatch.of(List.of(files()), events::add)) {
            var tls = context(watch);
            watch.serve(tls);
            for (int i = 0; i < 2; i++) {
                var fresh = write(server());
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> served(tls).equals(fresh.certificate()));
            }
        }
    }

    private void kept(IdentityWatch watch, TlsContext tls, String why) {
        watch.look(tls);
        watch.look(tls);
        assertEquals(Code.KEPT, last().code());
        assertTrue(last().sentence().contains(why), last().sentence());
    }

    private IdentityWatch watch() throws PkiException {
        return IdentityWatch.of(List.of(files()), events::add, () -> now);
    }

    private IdentityFiles files() {
        return IdentityFiles.of(chain(), key());
    }

    private static TlsContext context(IdentityWatch watch) {
        return TlsContext.of(TlsSettings.of(watch.identities()));
    }

    private static X509Certificate served(TlsContext tls) {
        return tls.identities().getFirst().certificate();
    }

    private KeyAndChain server() throws Exception {
        return server(Duration.ofDays(90));
    }

    private KeyAndChain server(Duration left) throws Exception {
        return AUTHORITY.server(
                Authority.ec(), now.minus(Duration.ofHours(1)), now.plus(left), "mail.example.org");
    }

    private KeyAndChain write(KeyAndChain keys) throws PkiException {
        PemFiles.write(chain(), key(), keys);
        return keys;
    }

    private Path chain() {
        return home.resolve("chain.pem");
    }

    private Path key() {
        return home.resolve("key.pem");
    }

    private void link(String to, Path at) throws Exception {
        Path fresh = home.resolve("fresh");
        Files.createSymbolicLink(fresh, Path.of("archive", to));
        Files.move(fresh, at, StandardCopyOption.ATOMIC_MOVE);
    }

    private void touch(FileTime time) throws Exception {
        Files.setLastModifiedTime(chain(), time);
        Files.setLastModifiedTime(key(), time);
    }

    private List<Code> codes() {
        return events.stream().map(IdentityEvent::code).toList();
    }

    private IdentityEvent last() {
        return List.copyOf(events).getLast();
    }

    private static X509Certificate shown(int port) throws Exception {
        try (var socket = JdkPeer.trustingAnyone().connect(port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Authority authority() {
        try {
            return Authority.root("Root").sub("Intermediate");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
