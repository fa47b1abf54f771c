package dev.sobre.tls.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Echo;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.lecture.Lecture;
import dev.sobre.tls.lecture.LectureOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code sobre serve --trace-tls} tells. */
class ServerTraceTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost", "127.0.0.1");
    private static final LectureOptions TRUSTING =
            LectureOptions.standard().withTrusted(List.of(LOCALHOST.certificate()));

    private final BlockingQueue<String> blocks = new LinkedBlockingQueue<>();
    private final TlsSettings traced =
            TlsSettings.of(LOCALHOST).withWatch(ServerTrace.to(blocks::add));

    @Test
    void tls13EndsWhereEncryptionBegins() throws Exception {
        try (var server = new Echo(traced).greeting()) {
            var told = Lecture.on("localhost", server.listen(), TRUSTING);
            assertEquals(Optional.empty(), told.problem());
            String block = block();
            assertTrue(block.startsWith("TLS handshake, echo /127.0.0.1:"), block);
            assertTrue(block.contains("server → client  ServerHello"), block);
            assertTrue(block.contains("server → client  encrypted records"), block);
            assertTrue(block.contains("client → server  encrypted records"), block);
            assertTrue(
                    block.contains(
                            "The engine: TLSv1.3, TLS_AES_128_GCM_SHA256, X25519MLKEM768, a full"),
                    block);
            assertTrue(block.contains("for the name localhost"), block);
            assertFalse(block.contains("verify_data"), "nobody can see that");
            assertFalse(block.contains("transcript hash"), "nor that");
        }
    }

    @Test
    void tls12ShowsTheCertificateAndHidesFinished() throws Exception {
        try (var server = new Echo(traced)) {
            Lecture.on("localhost", server.listen(), TRUSTING.withVersion("TLSv1.2")).problem();
            String block = block();
            assertTrue(block.contains("server → client  Certificate,"), block);
            assertTrue(block.contains("server → client  ServerKeyExchange"), block);
            assertTrue(block.contains("client → server  encrypted handshake record"), block);
            assertTrue(block.contains("server → client  encrypted handshake record"), block);
            assertFalse(block.contains("verify_data"), block);
        }
    }

    @Test
    void aFailureIsToldWithTheAlert() throws Exception {
        try (var server = new Echo(traced)) {
            var old = TRUSTING.withSuite("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
            Lecture.on("localhost", server.listen(), old).problem();
            String block = block();
            assertTrue(block.contains("server → client  Alert handshake_failure"), block);
            assertTrue(block.contains("Failed: [NO_COMMON_SUITE]"), block);
            assertTrue(block.contains("What to do: "), block);
        }
    }

    @Test
    void whatIsNoTlsIsToldAsSuch() throws Exception {
        try (var server = new Echo(traced)) {
            say(server.listen(), "A1 CAPABILITY\r\n");
            String block = block();
            assertTrue(block.contains("client → server  no TLS, 15 bytes"), block);
            assertTrue(block.contains("Failed: [PLAINTEXT]"), block);
            assertTrue(block.contains("server → client  Alert unexpected_message"), block);
            assertFalse(block.contains("CAPABILITY"), "what a client says may be a password");
        }
    }

    @Test
    void moreThanAnybodyCanReadIsCounted() {
        var trace = ServerTrace.to(blocks::add);
        var peer =
                new SocketAddress() {
                    private static final long serialVersionUID = 1;
                };
        for (int i = 0; i < 100_000; i++) trace.begin("imaps", peer).gone();
        // However long that took, it took less than a thousand seconds.
        assertTrue(blocks.size() < 50_000 + 1_000, "told " + blocks.size());
    }

    private String block() throws InterruptedException {
        String block = blocks.poll(20, TimeUnit.SECONDS);
        if (block == null) throw new AssertionError("nothing was told");
        return block;
    }

    private static void say(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
