package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What TLS could do and this server does not. Lesson 18. */
class RefusalTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");
    @TempDir Path home;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void noRenegotiation(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = JdkPeer.trusting(LOCALHOST).connect(server.listen())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertEquals("first", JdkPeer.echoed(socket, "first"));
            assertThrows(
                    IOException.class,
                    () -> {
                        socket.startHandshake();
                        assertEquals("second", JdkPeer.echoed(socket, "second"));
                    });
        }
    }

    /** RFC 8446 §4.2.10: a ticket says how much early data the server takes. */
    @Test
    void noEarlyData() throws Exception {
        Path session = home.resolve("session");
        try (var server = Echo.of(LOCALHOST)) {
            OpenSslPeer.talk(server.listen(), "-tls1_3", "-sess_out", session.toString());
            var reader =
                    new ProcessBuilder(
                                    "openssl",
                                    "sess_id",
                                    "-in",
                                    session.toString(),
                                    "-noout",
                                    "-text")
                            .redirectErrorStream(true)
                            .start();
            String text = new String(reader.getInputStream().readAllBytes(), UTF_8);
            assertTrue(text.contains("Max Early Data: 0"), text);
        }
    }

    /** RFC 9325 §3.3: deflate (1) is offered before none (0). */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void noCompression(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.listen())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(Hellos.compressing("localhost"));
            var in = new DataInputStream(socket.getInputStream());
            assertEquals(22, in.readByte()); // a handshake record
            in.skipNBytes(4);
            assertEquals(2, in.readByte()); // ServerHello
            in.skipNBytes(3 + 2 + 32);
            in.skipNBytes(in.readUnsignedByte() + 2); // session id, suite
            assertEquals(0, in.readByte(), "compression");
        }
    }
}
