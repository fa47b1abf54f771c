package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that both ends of a connection derive: RFC 8446 §7.5, RFC 9266. */
class ExporterTest {
    private static final String LABEL = "EXPERIMENTAL-sobre";
    private static final String BINDING = "EXPORTER-Channel-Binding"; // RFC 9266 §2

    private final Identity mail = Identity.selfSigned("mail.example.org");
    private final BlockingQueue<TlsInfo> secured = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> exported = new LinkedBlockingQueue<>();
    @TempDir Path home;

    @ParameterizedTest
    @CsvSource({
        "BORINGSSL, TLS_AES_128_GCM_SHA256, 32",
        "BORINGSSL, TLS_AES_256_GCM_SHA384, 1000",
        "BORINGSSL, TLS_CHACHA20_POLY1305_SHA256, 16",
        "JDK, TLS_AES_128_GCM_SHA256, 32",
        "JDK, TLS_AES_256_GCM_SHA384, 1000"
    })
    void isWhatOpensslExportsInFullAndResumedHandshakes(Engine engine, String suite, int length)
            throws Exception {
        String session = home.resolve("session").toString();
        try (var server = server(engine, exporter -> exporter.export(LABEL, new byte[0], length))) {
            for (String way : List.of("-sess_out", "-sess_in")) {
                String theirs = keyOfOpenssl(server, suite, LABEL, length, way, session);
                assertEquals(way.equals("-sess_in"), secured.take().resumed());
                assertEquals(theirs, hex(exported.take()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChannelBindingIsWhatOpensslDerives(Engine engine) throws Exception {
        try (var server = server(engine, Exporter::channelBinding)) {
            String theirs = keyOfOpenssl(server, "TLS_AES_128_GCM_SHA256", BINDING, 32);
            assertEquals(theirs, hex(exported.take()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tls12HasNone(Engine engine) throws Exception {
        try (var server = server(engine, Exporter::channelBinding)) {
            OpenSslPeer.talk(server.port(), "-tls1_2");
            assertEquals("TLSv1.2", secured.peek().version());
            assertTrue(secured.take().exporter().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientAndServerDeriveTheSame(Engine engine) throws Exception {
        var context = "a context".getBytes(US_ASCII);
        try (var server =
                server(Engine.BORINGSSL, exporter -> exporter.export(LABEL, context, 64))) {
            var dialled = dial(engine, server);
            Exporter client = dialled.tls().exporter().orElseThrow();
            byte[] key = client.export(LABEL, context, 64);
            assertArrayEquals(exported.take(), key);
            assertNotEquals(hex(key), hex(client.export(LABEL, new byte[0], 64)));
            assertNotEquals(hex(key), hex(client.export("EXPERIMENTAL-other", context, 64)));
            dialled.channel().close().sync();
        }
    }

    @Test
    void connectionsHaveDifferentBindings() throws Exception {
        try (var server = server(Engine.BORINGSSL, Exporter::channelBinding)) {
            dial(Engine.BORINGSSL, server).channel().close().sync();
            dial(Engine.BORINGSSL, server).channel().close().sync();
            assertNotEquals(hex(exported.take()), hex(exported.take()));
        }
    }

    @Test
    void theSecretEndsWithTheConnection() throws Exception {
        try (var server = server(Engine.BORINGSSL, Exporter::channelBinding)) {
            var dialled = dial(Engine.BORINGSSL, server);
            Exporter ours = secured.take().exporter().orElseThrow();
            Exporter theirs = dialled.tls().exporter().orElseThrow();
            assertEquals(32, ours.channelBinding().length);
            dialled.channel().close().sync();
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> {
                                assertThrows(IllegalStateException.class, ours::channelBinding);
                                assertThrows(IllegalStateException.class, theirs::channelBinding);
                            });
        }
    }

    /** An event loop wipes it; a session that it carries may be at work with it. */
    @Test
    void itIsWipedWhoeverHoldsIt() throws Exception {
        var exporter = new SecretExporter(new byte[32]);
        assertEquals(32, exporter.channelBinding().length);
        synchronized (exporter) {
            Thread loop = Thread.ofPlatform().start(exporter::wipe);
            assertTrue(loop.join(Duration.ofSeconds(20)));
        }
        assertThrows(IllegalStateException.class, exporter::channelBinding);
    }

    /** A client that goes away in the middle must leave nothing behind. */
    @Test
    void noEngineIsWatchedForLongerThanItLives() throws Exception {
        try (var server = server(Engine.BORINGSSL, Exporter::channelBinding);
                var socket = JdkPeer.trusting().connect(server.port())) {
            assertThrows(javax.net.ssl.SSLException.class, socket::startHandshake);
        }
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> KeyLog.watched() == 0);
        assertFalse(secured.stream().anyMatch(info -> info.exporter().isPresent()));
    }

    /** What a server's exporter is asked for when a handshake is complete. */
    private interface Asked {
        byte[] of(Exporter exporter);
    }

    private TlsListener server(Engine engine, Asked asked) {
        var tls = TlsContext.of(TlsSettings.of(mail).withEngine(engine).withFailures(_ -> {}));
        return TlsListener.bind(
                ListenerSettings.loopback(0),
                tls,
                (channel, info) -> {
                    secured.add(info);
                    info.exporter().map(asked::of).ifPresent(exported::add);
                    channel.pipeline().addLast(new SendBack());
                });
    }

    private static String keyOfOpenssl(
            TlsListener server, String suite, String label, int length, String... more)
            throws Exception {
        var options =
                new java.util.ArrayList<>(
                        List.of("-tls1_3", "-ciphersuites", suite, "-keymatexport", label));
        options.addAll(List.of("-keymatexportlen", Integer.toString(length)));
        options.addAll(List.of(more));
        String said = OpenSslPeer.talk(server.port(), options.toArray(String[]::new));
        return OpenSslPeer.after("Keying material:", said);
    }

    private Dialled dial(Engine engine, TlsListener server) throws Exception {
        var settings =
                ClientSettings.to("mail.example.org")
                        .withTrusted(List.of(mail.certificate()))
                        .withEngine(engine);
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return TlsClient.of(settings)
                .dial(to, EventLoops.shared().group().next(), (_, _) -> {})
                .sync()
                .getNow();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** Sends back what comes. */
    private static final class SendBack extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            var _ = ctx.writeAndFlush(bytes);
        }
    }
}
