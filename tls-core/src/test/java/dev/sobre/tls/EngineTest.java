package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which engine is taken. */
class EngineTest {
    @AfterEach
    void reset() {
        System.clearProperty(Engine.PROPERTY);
    }

    @Test
    void boringSslWhereItLoads() {
        assertEquals(Engine.BORINGSSL, Engine.best());
    }

    @Test
    void theJdkWhereThePropertySaysSo() throws Exception {
        System.setProperty(Engine.PROPERTY, "jdk");
        var identity = Identity.selfSigned("localhost");
        assertEquals(Engine.JDK, TlsSettings.of(identity).engine());
        try (var server = Echo.of(identity);
                var socket = JdkPeer.trusting(identity).connect(server.listen())) {
            assertEquals("word", JdkPeer.echoed(socket, "word"));
            assertEquals("TLSv1.3", server.secured().version());
        }
    }
}
