package dev.sobre.tunnel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.BindFailed;
import dev.sobre.tls.ClientSettings;
import dev.sobre.tls.Engine;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsClient;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunnels between a JDK client and a plain service, in both directions. */
class TunnelTest {

    private static final Identity IDENTITY = Identity.selfSigned("localhost");
    private static final TlsContext TLS = TlsContext.of(IDENTITY);
    private static final int BIG = 20 << 20;

    @Test
    void theSnippetOfTheReadme() throws Exception {
        try (var backend = new Backend(TunnelTest::echo)) {
            InetSocketAddress service = backend.address();
            try (var t = Tunnel.accept(0, TLS, service);
                    var client = client(t.port())) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                assertArrayEquals(
                        "hello".getBytes(StandardCharsets.UTF_8),
                        client.getInputStream().readNBytes(5));
                assertEquals(1, t.connections());
            }
        }
    }

    @Test
    void aServiceThatSpeaksFirstIsHeard() throws Exception {
        Backend.Service greets =
                socket -> {
                    socket.getOutputStream()
                            .write("* OK ready\r\n".getBytes(StandardCharsets.UTF_8));
                    return socket.getInputStream().read() + "";
                };
        try (var backend = new Backend(greets);
                var tunnel = Tunnel.accept(0, TLS, backend.address());
                var client = client(tunnel.port())) {
            assertEquals("* OK ready\r\n", text(client.getInputStream().readNBytes(12)));
        }
    }

    /** The client ends its direction first and gets the rest: RFC 8446 §6.1. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void theClientMayEndFirst(Engine engine) throws Exception {
        TlsContext tls = TlsContext.of(TlsSettings.of(IDENTITY).withEngine(engine));
        try (var backend = new Backend(TunnelTest::digestAtEnd);
                var tunnel = Tunnel.accept(0, tls, backend.address());
                var client = client(tunnel.port())) {
            String sent = sendBig(client.getOutputStream());
            client.shutdownOutput(); // close_notify
            assertEquals(sent, text(client.getInputStream().readAllBytes()));
            assertEquals("complete", backend.ends.poll(10, TimeUnit.SECONDS));
            client.close();
            await().until(() -> tunnel.connections() == 0);
        }
    }

    /** Finished, a request, close_notify and FIN come in one flight, and the answer goes back. */
    @ParameterizedTest
    @CsvSource({
        "BORINGSSL, 0",
        "BORINGSSL, 1000",
        "BORINGSSL, 60000",
        "JDK, 0",
        "JDK, 1000",
        "JDK, 60000"
    })
    void aClientMaySayAllInOneFlight(Engine engine, int request) throws Exception {
        TlsContext tls = TlsContext.of(TlsSettings.of(IDENTITY).withEngine(engine));
        Backend.Service answers =
                socket -> {
                    int size = socket.getInputStream().readAllBytes().length;
                    return size + " octets " + sendBig(socket.getOutputStream());
                };
        try (var backend = new Backend(answers);
                var tunnel = Tunnel.accept(0, tls, backend.address());
                var tcp = new OneFlight(tunnel.port())) {
            SSLSocket client = over(tcp, tunnel.port());
            client.getOutputStream().write(new byte[request]);
            client.shutdownOutput(); // close_notify and FIN
            tcp.shutdownOutput();
            String got = digest(client.getInputStream());
            assertEquals(request + " octets " + got, backend.ends.poll(20, TimeUnit.SECONDS));
        }
    }

    /** More than the sockets take is under way to a client that has ended its direction. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatAClientReadsLateAfterItsEndIsWhole(Engine engine) throws Exception {
        TlsContext tls = TlsContext.of(TlsSettings.of(IDENTITY).withEngine(engine));
        var sent = new AtomicLong();
        Backend.Service answers =
                socket -> {
                    socket.getOutputStream().write(socket.getInputStream().read());
                    socket.getInputStream().readAllBytes();
                    var out = new CountingStream(socket.getOutputStream(), sent);
                    return sendBig(out);
                };
        try (var backend = new Backend(answers);
                var tunnel = Tunnel.accept(0, tls, backend.address());
                var client = client(tunnel.port())) {
            client.getOutputStream().write('?');
            assertEquals('?', client.getInputStream().read());
            client.shutdownOutput(); // close_notify and FIN
            standsStill(sent);
            String got = digest(client.getInputStream());
            assertEquals(backend.ends.poll(20, TimeUnit.SECONDS), got);
            client.close();
            await().until(() -> tunnel.connections() == 0);
        }
    }

    /** The service ends its direction first, and still hears what the client says after. */
    @Test
    void theServiceMayEndFirst() throws Exception {
        Backend.Service endsFirst =
                socket -> {
                    socket.getOutputStream().write("bye".getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                    return digest(socket.getInputStream());
                };
        try (var backend = new Backend(endsFirst);
                var tunnel = Tunnel.accept(0, TLS, backend.address());
                var client = client(tunnel.port())) {
            assertEquals("bye", text(client.getInputStream().readAllBytes())); // close_notify came
            String sent = sendBig(client.getOutputStream());
            client.shutdownOutput();
            assertEquals(sent, backend.ends.poll(20, TimeUnit.SECONDS));
            await().until(() -> tunnel.connections() == 0);
        }
    }

    @Test
    void twentyMegabytesGoBothWaysAtOnce() throws Exception {
        try (var backend = new Backend(TunnelTest::echo);
                var tunnel = Tunnel.accept(0, TLS, backend.address());
                var client = client(tunnel.port())) {
            var sent = new CompletableFuture<String>();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    sent.complete(sendBig(client.getOutputStream()));
                                    client.shutdownOutput();
                                } catch (IOException e) {
                                    sent.completeExceptionally(e);
                                }
                            });
            assertEquals(digest(client.getInputStream()), sent.get());
        }
    }

    @Test // LESSONS 8
    void aClientThatDoesNotReadStopsTheService() throws Exception {
        var produced = new AtomicLong();
        Backend.Service floods =
                socket -> {
                    byte[] chunk = new byte[64 << 10];
                    while (true) {
                        socket.getOutputStream().write(chunk);
                        produced.addAndGet(chunk.length);
                    }
                };
        try (var backend = new Backend(floods);
                var tunnel =
                        Tunnel.accept(
                                TunnelSettings.loopback(0).withGrace(Duration.ZERO),
                                TLS,
                                backend.address());
                var client = client(tunnel.port())) {
            assertEquals(0, client.getInputStream().read());
            standsStill(produced);
        }
    }

    @Test // LESSONS 8
    void aServiceThatDoesNotReadStopsTheClient() throws Exception {
        try (var backend = new Backend(TunnelTest::sleep);
                var tunnel =
                        Tunnel.accept(
                                TunnelSettings.loopback(0).withGrace(Duration.ZERO),
                                TLS,
                                backend.address());
                var tcp = new Socket(InetAddress.getLoopbackAddress(), tunnel.port())) {
            SSLSocket client = over(tcp, tunnel.port());
            var sent = new AtomicLong();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                byte[] chunk = new byte[64 << 10];
                                try {
                                    while (true) {
                                        client.getOutputStream().write(chunk);
                                        sent.addAndGet(chunk.length);
                                    }
                                } catch (IOException closed) {
                                    sent.set(-1);
                                }
                            });
            standsStill(sent);
        }
    }

    @Test
    void aServiceThatIsDownEndsTheConnection() throws Exception {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var log = new LoggedLines(Pair.class);
                var tunnel = Tunnel.accept(0, TLS, nobody);
                var client = client(tunnel.port())) {
            assertEquals(-1, client.getInputStream().read());
            String line = log.next();
            assertTrue(line.contains("port " + port + ": connection refused"), line);
            await().until(() -> tunnel.connections() == 0);
        }
    }

    @Test
    void anUnknownNameEndsTheConnection() throws Exception {
        // Two dots: no name server is asked, which may take its time.
        var nowhere = InetSocketAddress.createUnresolved("nowhere..invalid", 143);
        try (var log = new LoggedLines(Pair.class);
                var tunnel = Tunnel.accept(0, TLS, nowhere);
                var client = client(tunnel.port())) {
            assertEquals(-1, client.getInputStream().read());
            assertTrue(log.next().contains("no address is known for nowhere..invalid"));
        }
    }

    @Test // LESSONS 19
    void aCutStreamReachesTheServiceAsAReset() throws Exception {
        try (var backend = new Backend(TunnelTest::digestAtEnd);
                var tunnel = Tunnel.accept(0, TLS, backend.address())) {
            var tcp = new Socket(InetAddress.getLoopbackAddress(), tunnel.port());
            SSLSocket client = over(tcp, tunnel.port());
            client.getOutputStream().write(new byte[1000]);
            tcp.shutdownOutput(); // FIN without close_notify
            assertEquals("broke off", backend.ends.poll(10, TimeUnit.SECONDS));
            await().until(() -> tunnel.connections() == 0);
            tcp.close();
        }
    }

    @Test
    void aServiceThatBreaksOffLeavesNoCleanEnd() throws Exception {
        Backend.Service resets =
                socket -> {
                    socket.getOutputStream().write(new byte[10]);
                    socket.getInputStream().read();
                    socket.setSoLinger(true, 0);
                    return "reset";
                };
        try (var backend = new Backend(resets);
                var tunnel = Tunnel.accept(0, TLS, backend.address());
                var client = client(tunnel.port())) {
            client.getInputStream().readNBytes(10);
            client.getOutputStream().write(1);
            assertThrows(IOException.class, () -> client.getInputStream().read());
        }
    }

    @Test
    void moreConnectionsThanAllowedAreClosed() throws Exception {
        try (var backend = new Backend(TunnelTest::echo);
                var tunnel =
                        Tunnel.accept(
                                TunnelSettings.loopback(0).withConnections(1),
                                TLS,
                                backend.address());
                var first = client(tunnel.port());
                var second = client(tunnel.port())) {
            assertEquals(-1, second.getInputStream().read());
            first.getOutputStream().write('x');
            assertEquals('x', first.getInputStream().read());
        }
    }

    @Test
    void silenceEndsAConnectionWhereItIsAskedFor() throws Exception {
        try (var backend = new Backend(TunnelTest::echo);
                var tunnel =
                        Tunnel.accept(
                                TunnelSettings.loopback(0).withIdle(Duration.ofMillis(300)),
                                TLS,
                                backend.address());
                var client = client(tunnel.port())) {
            assertThrows(IOException.class, () -> client.getInputStream().read());
            await().until(() -> tunnel.connections() == 0);
        }
    }

    @Test
    void aConnectionThatIsHalfOverDoesNotStayForEver() throws Exception {
        try (var backend = new Backend(TunnelTest::sleep);
                var tunnel =
                        Tunnel.accept(
                                TunnelSettings.loopback(0).withHalfOpen(Duration.ofMillis(300)),
                                TLS,
                                backend.address());
                var client = client(tunnel.port())) {
            client.shutdownOutput();
            await().until(() -> tunnel.connections() == 0);
        }
    }

    @Test
    void closeEndsWhatIsOpen() throws Exception {
        try (var backend = new Backend(TunnelTest::echo)) {
            var tunnel =
                    Tunnel.accept(
                            TunnelSettings.loopback(0).withGrace(Duration.ofMillis(100)),
                            TLS,
                            backend.address());
            try (var client = client(tunnel.port())) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
                tunnel.close();
                tunnel.close();
                assertEquals(-1, client.getInputStream().read());
                assertEquals(0, tunnel.connections());
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (var backend = new Backend(TunnelTest::echo)) {
            TlsClient to = TlsClient.of(ClientSettings.to("localhost"));
            int taken = backend.address().getPort();
            var plain =
                    assertThrows(
                            BindFailed.class, () -> Tunnel.connect(taken, to, backend.address()));
            assertTrue(String.valueOf(plain.getMessage()).contains("port " + taken + ": the port"));
            assertThrows(BindFailed.class, () -> Tunnel.accept(taken, TLS, backend.address()));
        }
    }

    /** Plain → TLS → plain: both directions of tunnel, one behind the other. */
    @Test
    void aPlainClientReachesATlsServer() throws Exception {
        TlsClient trusting =
                TlsClient.of(
                        ClientSettings.to("localhost")
                                .withTrusted(List.of(IDENTITY.certificate())));
        try (var backend = new Backend(TunnelTest::digestAtEnd);
                var far = Tunnel.accept(0, TLS, backend.address());
                var near = Tunnel.connect(0, trusting, loopback(far.port()));
                var client = new Socket(InetAddress.getLoopbackAddress(), near.port())) {
            String sent = sendBig(client.getOutputStream());
            client.shutdownOutput();
            assertEquals(sent, text(client.getInputStream().readAllBytes()));
            await().until(() -> near.connections() == 0 && far.connections() == 0);
        }
    }

    @Test
    void aServerThatCannotProveItsNameIsNotTalkedTo() throws Exception {
        TlsClient strict = TlsClient.of(ClientSettings.to("localhost"));
        try (var log = new LoggedLines(Pair.class);
                var backend = new Backend(TunnelTest::echo);
                var far = Tunnel.accept(0, TLS, backend.address());
                var near = Tunnel.connect(0, strict, loopback(far.port()));
                var client = new Socket(InetAddress.getLoopbackAddress(), near.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write("secret".getBytes(StandardCharsets.UTF_8));
            int end;
            try {
                end = client.getInputStream().read();
            } catch (IOException reset) {
                end = -1; // what we sent was never read
            }
            assertEquals(-1, end);
            assertTrue(log.next().contains("port " + far.port()));
            assertTrue(backend.ends.isEmpty());
        }
    }

    private static String echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
        return "complete";
    }

    private static String digestAtEnd(Socket socket) throws IOException {
        String digest = digest(socket.getInputStream());
        socket.getOutputStream().write(digest.getBytes(StandardCharsets.UTF_8));
        return "complete";
    }

    /** Reads nothing and says nothing. */
    private static String sleep(Socket socket) {
        while (!socket.isClosed()) LockSupport.park();
        return "closed";
    }

    /** Waits until a count stays the same, and it must be a small one. */
    private static void standsStill(AtomicLong octets) {
        await().until(() -> octets.get() > 0);
        var before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> before.getAndSet(octets.get()) == octets.get());
        assertTrue(octets.get() < 32 << 20, "the sockets' own buffers: " + octets.get());
    }

    /** Counts what has been sent. */
    private static final class CountingStream extends FilterOutputStream {
        private final AtomicLong octets;

        CountingStream(OutputStream to, AtomicLong octets) {
            super(to);
            this.octets = octets;
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            out.write(some, from, length);
            octets.addAndGet(length);
        }
    }

    private static String sendBig(OutputStream out) throws IOException {
        var random = new Random(7);
        MessageDigest sha = sha256();
        byte[] chunk = new byte[100_000];
        for (int left = BIG; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            sha.update(chunk);
            out.write(chunk);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static String digest(InputStream in) throws IOException {
        MessageDigest sha = sha256();
        byte[] chunk = new byte[64 << 10];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) sha.update(chunk, 0, n);
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static SSLSocket client(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port), port);
    }

    private static SSLSocket over(Socket tcp, int port) throws IOException {
        var socket =
                (SSLSocket)
                        trusting().getSocketFactory().createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext trusting() {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setCertificateEntry("trusted", IDENTITY.certificate());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(keys);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
