package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.security.KeyStore;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** A client of the JDK meets a listener. */
class TlsListenerTest {
    private final Identity localhost = Identity.selfSigned("localhost", "127.0.0.1");
    private final TlsContext tls = TlsContext.of(localhost);

    @Test
    void handshakesAndEchoes() throws Exception {
        var seen = new LinkedBlockingQueue<TlsInfo>();
        Secured echo =
                (channel, info) -> {
                    seen.add(info);
                    channel.pipeline().addLast(new Echo());
                };
        try (var listener = TlsListener.bind(ListenerSettings.loopback(0), tls, echo);
                var socket = connect(listener.port())) {
            socket.getOutputStream().write("hello".getBytes(US_ASCII));
            assertArrayEquals("hello".getBytes(US_ASCII), socket.getInputStream().readNBytes(5));
            TlsInfo info = seen.poll(10, TimeUnit.SECONDS);
            assertEquals("TLSv1.3", info.version());
            assertEquals(socket.getSession().getCipherSuite(), info.suite());
        }
    }

    @Test
    void aTakenPortIsNamedWithARemedy() {
        var first = TlsListener.bind(ListenerSettings.loopback(0), tls, (c, i) -> {});
        try {
            var failed =
                    assertThrows(
                            BindFailed.class,
                            () ->
                                    TlsListener.bind(
                                            ListenerSettings.loopback(first.port()),
                                            tls,
                                            (c, i) -> {}));
            assertEquals(first.port(), failed.port());
            assertTrue(failed.toString().contains("the port is taken"), failed.toString());
        } finally {
            first.close();
            first.close(); // twice is once
        }
    }

    private SSLSocket connect(int port) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", localhost.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Sends back what comes. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            var _ = ctx.writeAndFlush(bytes);
        }
    }
}
