package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a listener listens. */
class AddressesTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");
    private static final TlsContext TLS = TlsContext.of(LOCALHOST);

    @TempDir Path directory;

    private static TlsListener bind(ListenerSettings settings) {
        return TlsListener.bind(settings, TLS, (channel, info) -> {});
    }

    /** Containers often have none, and a machine may. */
    private static void requireIpv6() {
        try (var _ = new ServerSocket(0, 1, address("::1"))) {
            // it is there
        } catch (IOException e) {
            abort("there is no IPv6 here: " + e);
        }
    }

    @Test
    void oneListenerHasSeveralAddressesAndOnePort() throws Exception {
        requireIpv6();
        try (var server = Echo.of(LOCALHOST)) {
            int port =
                    server.listen(with -> with.withAddresses(List.of(ip("127.0.0.1"), ip("::1"))));
            for (String address : List.of("127.0.0.1", "::1")) {
                try (var tcp = new Socket(InetAddress.ofLiteral(address), port)) {
                    var socket = JdkPeer.trusting(LOCALHOST).over(tcp);
                    assertEquals("word", JdkPeer.echoed(socket, "word"));
                    assertEquals(address(address), server.peer().getAddress());
                }
            }
        }
    }

    /** Both wildcards, in any order, and what each of them gives to clients of IPv4. */
    @ParameterizedTest
    @ValueSource(strings = {"::", "0.0.0.0", ":: 0.0.0.0", "0.0.0.0 ::"})
    void anyAddress(String addresses) throws Exception {
        if (addresses.contains("::")) requireIpv6();
        var all = List.of(addresses.split(" ")).stream().map(AddressesTest::ip).toList();
        try (var server = Echo.of(LOCALHOST)) {
            int port = server.listen(with -> with.withAddresses(all));
            try (var tcp = new Socket(address("127.0.0.1"), port)) {
                var socket = JdkPeer.trusting(LOCALHOST).over(tcp);
                assertEquals("word", JdkPeer.echoed(socket, "word"));
                assertEquals(address("127.0.0.1"), server.peer().getAddress());
            }
        }
    }

    @Test
    void whenOneCantBeHadNoneIsKept() throws Exception {
        try (var taken = bind(ListenerSettings.loopback(0))) {
            Path path = directory.resolve("s");
            var settings =
                    ListenerSettings.on(
                            UnixDomainSocketAddress.of(path),
                            new InetSocketAddress(address("127.0.0.1"), taken.port()));
            assertThrows(BindFailed.class, () -> bind(settings));
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void severalMayShareAPort() throws Exception {
        var shared = Admission.standard().withReusePort(true);
        try (var first = bind(ListenerSettings.loopback(0).withAdmission(shared));
                var second = bind(ListenerSettings.loopback(first.port()).withAdmission(shared))) {
            assertEquals(first.port(), second.port());
        }
    }

    @Test
    void aUnixSocketIsForOwnerAndGroup() throws Exception {
        Path path = directory.resolve("s");
        try (var server = Echo.of(LOCALHOST)) {
            server.greeting().listen(with -> with.withAddresses(List.of(unix(path))));
            assertEquals(
                    "rw-rw----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertTrue(heard(path).contains("* OK"));
            assertTrue(server.peer().getAddress().isLoopbackAddress());
        }
        assertFalse(Files.exists(path), "the file goes with the listener");
    }

    @Test
    void theSocketOfAKilledServerIsReplaced() throws Exception {
        Path path = directory.resolve("s");
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(unix(path));
        }
        assertTrue(Files.exists(path));
        bind(ListenerSettings.on(unix(path))).close();
    }

    @Test
    void theSocketOfARunningServerIsLeftAlone() throws Exception {
        Path path = directory.resolve("s");
        try (var _ = bind(ListenerSettings.on(unix(path)))) {
            var failed =
                    assertThrows(BindFailed.class, () -> bind(ListenerSettings.on(unix(path))));
            assertTrue(failed.toString().contains("somebody listens there"), failed.toString());
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        Path path = Files.writeString(directory.resolve("s"), "letters");
        var failed = assertThrows(BindFailed.class, () -> bind(ListenerSettings.on(unix(path))));
        assertTrue(failed.toString().contains("no socket"), failed.toString());
        assertEquals("letters", Files.readString(path));
    }

    /** What OpenSSL's client, which knows Unix sockets, gets to hear. */
    private static String heard(Path path) throws Exception {
        var client =
                new ProcessBuilder("openssl", "s_client", "-quiet", "-unix", path.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var out = client.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("* OK")) return line;
            }
            return "";
        } finally {
            client.destroy();
            client.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static InetAddress address(String ip) {
        return InetAddress.ofLiteral(ip);
    }

    private static SocketAddress ip(String ip) {
        return new InetSocketAddress(address(ip), 0);
    }

    private static UnixDomainSocketAddress unix(Path path) {
        return UnixDomainSocketAddress.of(path);
    }
}
