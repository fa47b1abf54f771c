package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that a proxy passes on. */
class ProxyTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    private final Echo server = Echo.of(LOCALHOST);

    private int listen(String... proxies) {
        var ranges = List.of(proxies).stream().map(AddressRange::of).toList();
        return server.listen(with -> with.withAdmission(Admission.standard().withProxies(ranges)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
    void theClientIsWhomTheProxyNames(String client) throws Exception {
        assertEquals("word", echoed(listen("127.0.0.0/8"), ProxyHeaders.of(client, 4711)));
        assertEquals(new InetSocketAddress(InetAddress.ofLiteral(client), 4711), server.peer());
    }

    @Test
    void additionsAreSkipped() throws Exception {
        byte[] header = ProxyHeaders.of("192.0.2.7", 1, new byte[] {4, 0, 3, 1, 2, 3, 0x20, 0, 0});
        assertEquals("word", echoed(listen("127.0.0.1"), header));
        assertEquals("192.0.2.7", server.peer().getAddress().getHostAddress());
    }

    @Test
    void aLocalConnectionIsTheProxysOwn() throws Exception {
        assertEquals("word", echoed(listen("127.0.0.1"), ProxyHeaders.local()));
        assertTrue(server.peer().getAddress().isLoopbackAddress());
    }

    @Test
    void theHeaderMayComeInPieces() throws Exception {
        try (var tcp = new Socket(InetAddress.getLoopbackAddress(), listen("127.0.0.1"))) {
            OutputStream out = tcp.getOutputStream();
            tcp.setTcpNoDelay(true);
            for (byte octet : ProxyHeaders.of("192.0.2.7", 1)) {
                out.write(octet);
                out.flush();
            }
            assertEquals("word", JdkPeer.echoed(JdkPeer.trusting(LOCALHOST).over(tcp), "word"));
        }
    }

    @Test
    void aProxyThatSendsNoneIsRefused() throws Exception {
        var failure = refused(listen("127.0.0.1"), Hellos.tls13("localhost"));
        assertTrue(failure.sentence().contains("no PROXY header"), failure.sentence());
        assertTrue(failure.remedy().contains("send-proxy-v2"), failure.remedy());
    }

    @Test
    void versionOneIsRefused() throws Exception {
        byte[] one = "PROXY TCP4 192.0.2.7 192.0.2.8 1 993\r\n".getBytes(US_ASCII);
        var failure = refused(listen("127.0.0.1"), one);
        assertTrue(failure.sentence().contains("version 1"), failure.sentence());
    }

    /** Or anybody could say that he is somebody else. */
    @Test
    void aHeaderFromSomebodyElseIsRefused() throws Exception {
        var failure = refused(listen("10.0.0.0/8"), ProxyHeaders.of("192.0.2.7", 4711));
        assertTrue(failure.remedy().contains("proxy-from"), failure.remedy());
        assertTrue(((InetSocketAddress) failure.peer()).getAddress().isLoopbackAddress());
    }

    @Test
    void othersNeedNone() throws Exception {
        assertEquals("word", echoed(listen("10.0.0.0/8"), new byte[0]));
    }

    private static String echoed(int port, byte[] header) throws Exception {
        try (var tcp = new Socket(InetAddress.getLoopbackAddress(), port)) {
            tcp.setSoTimeout(10_000);
            tcp.getOutputStream().write(header);
            return JdkPeer.echoed(JdkPeer.trusting(LOCALHOST).over(tcp), "word");
        }
    }

    private HandshakeFailure refused(int port, byte[] first) throws Exception {
        try (var tcp = new Socket(InetAddress.getLoopbackAddress(), port)) {
            tcp.getOutputStream().write(first);
            var failure = server.failure();
            assertEquals(HandshakeFailure.Code.PROXY, failure.code());
            return failure;
        }
    }
}
