package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An end that the peer means, and one that somebody made. Lesson 19. */
class StreamEndTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void closeNotifyCompletesTheStream(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine))) {
            try (var socket = JdkPeer.trusting(LOCALHOST).connect(server.listen())) {
                assertEquals("word", JdkPeer.echoed(socket, "word"));
            }
            assertEquals(StreamEnd.COMPLETE, server.end());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aServiceThatOnlyClosesSaysGoodbye(Engine engine) throws Exception {
        var tls = TlsContext.of(TlsSettings.of(LOCALHOST).withEngine(engine));
        Secured closes =
                (channel, info) -> {
                    // Nothing but the flush of close_notify ends the wait for it.
                    var tlsEngine = channel.pipeline().get(SslHandler.class);
                    tlsEngine.setCloseNotifyFlushTimeoutMillis(60_000);
                    var _ = channel.close();
                };
        try (var listener = TlsListener.bind(ListenerSettings.loopback(0), tls, closes);
                var socket = JdkPeer.trusting(LOCALHOST).connect(listener.port())) {
            assertEquals(-1, socket.getInputStream().read()); // throws if the stream was cut
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCutConnectionIsTruncated(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine))) {
            try (var tcp = new Socket(InetAddress.getLoopbackAddress(), server.listen())) {
                SSLSocket socket = JdkPeer.trusting(LOCALHOST).over(tcp);
                assertEquals("word", JdkPeer.echoed(socket, "word"));
            } // closes below TLS
            assertEquals(StreamEnd.TRUNCATED, server.end());
        }
    }
}
