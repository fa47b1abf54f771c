package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.Authority;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.Names;
import dev.sobre.tls.pki.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local authority's certificate is made anew while the server runs. */
class RenewalTest {
    private final List<IdentityEvent> events = new ArrayList<>();
    private final Instant now = Instant.now();
    @TempDir Path home;

    @Test
    void thirtyDaysAheadForTheSameNamesAndTheSameKey() throws Exception {
        var old = issued(Duration.ofDays(29));
        byte[] key = Files.readAllBytes(home.resolve("server.key"));
        var watch = watch();
        try (var server = new Echo(TlsSettings.of(watch.identities()))) {
            int port = server.listen();
            assertTrue(watch.look(server.tls()));
            X509Certificate fresh = server.tls().identities().getFirst().certificate();
            assertEquals(List.of(Code.SERVED, Code.RENEWED, Code.SERVED), codes());
            assertTrue(fresh.getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(390))));
            assertEquals(Names.of(old), Names.of(fresh));
            assertEquals(old.getPublicKey(), fresh.getPublicKey());
            assertEquals(fresh, PemFiles.certificates(home.resolve("server.pem")).getFirst());
            assertEquals(
                    List.of(key.length),
                    List.of(Files.readAllBytes(home.resolve("server.key")).length));
            var peer = new JdkPeer(LocalCa.load(home).certificate());
            try (var socket = peer.connect(port)) {
                assertEquals("word", JdkPeer.echoed(socket, "word"));
                assertEquals(fresh, socket.getSession().getPeerCertificates()[0]);
            }
            assertTrue(watch.look(server.tls()));
            assertEquals(3, events.size(), "and not again");
        }
    }

    @Test
    void notEarlier() throws Exception {
        issued(Duration.ofDays(31));
        var watch = watch();
        assertTrue(watch.look(TlsContext.of(TlsSettings.of(watch.identities()))));
        assertEquals(List.of(Code.SERVED), codes());
    }

    @Test
    void anAuthorityThatCannotIsToldOfOnceAndTheEndIsWarnedOf() throws Exception {
        issued(Duration.ofDays(6));
        Files.delete(home.resolve("ca.key"));
        var watch = watch();
        var tls = TlsContext.of(TlsSettings.of(watch.identities()));
        watch.look(tls);
        watch.look(tls);
        assertEquals(List.of(Code.SERVED, Code.NOT_RENEWED, Code.EXPIRES), codes());
        assertTrue(events.get(1).sentence().contains("ca.key"), events::toString);
    }

    @Test
    void whatAnotherAuthorityIssuedIsLeftAlone() throws Exception {
        LocalCa.create(home, List.of("example.org"));
        var other =
                Authority.root("Other")
                        .server(
                                Authority.ec(),
                                now.minusSeconds(9),
                                now.plus(Duration.ofDays(29)),
                                "a");
        PemFiles.write(home.resolve("server.pem"), home.resolve("server.key"), other);
        var watch = watch();
        watch.look(TlsContext.of(TlsSettings.of(watch.identities())));
        assertEquals(List.of(Code.SERVED, Code.ODD, Code.EXPIRES), codes());
    }

    /** A certificate that the home's authority issued long ago. */
    private X509Certificate issued(Duration left) throws Exception {
        var root = LocalCa.create(home, List.of("example.org", "localhost")).certificate();
        var keys = new KeyPair(root.getPublicKey(), PemFiles.key(home.resolve("ca.key")));
        KeyAndChain leaf =
                new Authority(keys, root, List.of())
                        .server(
                                Authority.ec(),
                                now.minus(Duration.ofDays(1)),
                                now.plus(left),
                                "mail.example.org",
                                "localhost",
                                "127.0.0.1",
                                "::1");
        PemFiles.write(home.resolve("server.pem"), home.resolve("server.key"), leaf);
        return leaf.certificate();
    }

    private IdentityWatch watch() throws Exception {
        var files =
                IdentityFiles.of(home.resolve("server.pem"), home.resolve("server.key"))
                        .withAuthority(home);
        return IdentityWatch.of(List.of(files), events::add, () -> now);
    }

    private List<Code> codes() {
        return events.stream().map(IdentityEvent::code).toList();
    }
}
