package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many are let in, and what becomes of one too many. */
class AdmissionTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    private final Echo server = Echo.of(LOCALHOST);

    private int listen(int inAll, int perAddress) {
        return server.listen(
                with ->
                        with.withAdmission(
                                Admission.standard()
                                        .withConnections(inAll, perAddress)
                                        .withProxies(List.of(AddressRange.of("127.0.0.2")))));
    }

    @Test
    void whoeverShakesHandsCounts() throws Exception {
        try (server) {
            int port = listen(10, 1);
            try (var first = new Socket(InetAddress.getLoopbackAddress(), port)) {
                first.getOutputStream().write(Hellos.tls13("localhost"));
                assertEquals(22, first.getInputStream().read()); // the server's flight begins
                assertEquals(-1, greeted(port), "hears no echo, but could shake hands");
            }
            await().ignoreExceptions().until(() -> greeted(port) == 'w');
        }
    }

    @Test
    void farTooManyAreNotWorthAHandshake() throws Exception {
        try (server) {
            oneOfTenIsClosedAtOnce(listen(10_000, 1));
        }
    }

    @Test
    void allTogetherAreCountedToo() throws Exception {
        try (server) {
            oneOfTenIsClosedAtOnce(listen(1, 10_000));
        }
    }

    /** RFC 4291 §2.5.4: who has a /64 has as many addresses as he likes. */
    @Test
    void anIpv6NetworkCountsAsOne() throws Exception {
        try (server) {
            int port = listen(100, 1);
            try (var first = proxied(port, "2001:db8:1:2::1")) {
                assertEquals("word", JdkPeer.echoed(first, "word"));
                try (var same = proxied(port, "2001:db8:1:2:ffff::1")) {
                    assertEquals(-1, same.getInputStream().read());
                }
                try (var neighbour = proxied(port, "2001:db8:1:3::1")) {
                    assertEquals("word", JdkPeer.echoed(neighbour, "word"));
                }
            }
        }
    }

    private static javax.net.ssl.SSLSocket proxied(int port, String client) throws Exception {
        var tcp = new Socket();
        tcp.bind(new java.net.InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
        tcp.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        tcp.setSoTimeout(10_000);
        tcp.getOutputStream().write(ProxyHeaders.of(client, 4711));
        return JdkPeer.trusting(LOCALHOST).over(tcp);
    }

    /** Not always the last: event loops count whom they have, in no order among them. */
    private static void oneOfTenIsClosedAtOnce(int port) throws Exception {
        var all = new ArrayList<Socket>();
        for (int i = 0; i < 10; i++) all.add(tcp(port));
        await("one is closed").until(() -> all.stream().anyMatch(AdmissionTest::isRefused));
        for (Socket socket : all) socket.close();
    }

    /** Begins a hello: the kernel keeps back who is quite silent, for a second. */
    private static Socket tcp(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20); // for each look at it
        socket.getOutputStream().write(22); // RFC 8446 §5.1: a handshake
        return socket;
    }

    /** By a reset, as what it said was not read; or by the end. */
    private static boolean isRefused(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** The first octet that comes back; -1 where the connection ends. */
    private static int greeted(int port) throws Exception {
        try (var socket = JdkPeer.trusting(LOCALHOST).connect(port)) {
            socket.startHandshake();
            socket.getOutputStream().write("word".getBytes(US_ASCII));
            return socket.getInputStream().read();
        }
    }
}
