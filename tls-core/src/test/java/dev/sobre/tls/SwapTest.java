package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running server gets other identities. Lesson 15. */
class SwapTest {
    private final Identity old = Identity.selfSigned("mail.example.org");
    private final Identity fresh = Identity.selfSigned("mail.example.org");
    private final Identity other = Identity.selfSigned("other.example.org");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theNextHandshakeHasTheNewOneAndRunningConnectionsLiveOn(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(old).withEngine(engine))) {
            int port = server.listen();
            try (var before = JdkPeer.trusting(old).connect(port)) {
                assertEquals("word", JdkPeer.echoed(before, "word"));
                server.tls().serve(List.of(fresh));
                assertEquals(List.of(fresh), server.tls().identities());
                assertEquals(fresh.certificate(), shown(port));
                assertEquals("still", JdkPeer.echoed(before, "still"));
            }
        }
    }

    @Test
    void whatStaysIsNotMadeAgain() {
        var tls = TlsContext.of(old, other);
        var listener = ListenerSettings.loopback(0).withAlpn("imap");
        tls.prepare(listener);
        Engines kept = tls.served().engines(other, listener);
        // The same chain, read again from its file, is the same identity.
        tls.serve(List.of(fresh, Identity.of(other.keys())));
        assertSame(kept, tls.served().engines(other, listener));
    }

    @Test
    void theEnginesOfTheOldAreFreedOnceUnused() {
        var tls = TlsContext.of(old);
        var listener = ListenerSettings.loopback(0);
        tls.prepare(listener);
        var native1 = ((BoringSslEngines) tls.served().engines(old, listener)).context();
        assertEquals(1, native1.refCnt());
        tls.serve(List.of(fresh));
        Awaitility.await()
                .pollInSameThread()
                .atMost(30, TimeUnit.SECONDS)
                .until(
                        () -> {
                            System.gc();
                            return native1.refCnt() == 0;
                        });
    }

    @Test
    void thereIsAlwaysOne() {
        var tls = TlsContext.of(old);
        assertThrows(IllegalArgumentException.class, () -> tls.serve(List.of()));
        assertEquals(List.of(old), tls.identities());
    }

    private static Certificate shown(int port) throws Exception {
        try (var socket = JdkPeer.trustingAnyone().connect(port)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
