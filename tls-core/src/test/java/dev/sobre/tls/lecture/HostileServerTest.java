package dev.sobre.tls.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.DialFailed.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers that wish nobody well: the lecture ends, soon, and has not grown. */
class HostileServerTest {
    private static final LectureOptions SHORT =
            LectureOptions.standard().withTimeout(Duration.ofSeconds(1));

    /** What a server does once somebody has connected. */
    private interface Conduct {
        void with(OutputStream out) throws IOException;
    }

    @Test
    void aGreetingInPlainText() throws Exception {
        byte[] greeting = "220 mail ESMTP\r\n".getBytes(StandardCharsets.US_ASCII);
        var told = against(LectureOptions.standard(), out -> out.write(greeting));
        assertEquals(Code.NOT_TLS, told.problem().orElseThrow().code());
        assertTrue(told.problem().get().sentence().contains("a plain SMTP greeting"));
    }

    @Test
    void silence() throws Exception {
        var told = against(out -> {});
        assertEquals(Code.HANDSHAKE_TIMEOUT, told.problem().orElseThrow().code());
    }

    @Test
    void oneByteAtATime() throws Exception {
        var told =
                against(
                        out -> {
                            for (int i = 0; i < 100; i++) {
                                out.write(i == 0 ? 22 : i < 3 ? 3 : 1);
                                pause();
                            }
                        });
        assertEquals(Code.HANDSHAKE_TIMEOUT, told.problem().orElseThrow().code());
    }

    @Test
    void garbage() throws Exception {
        var random = new Random(8446);
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        bytes[0] = 22;
        bytes[1] = 3;
        assertTrue(against(out -> out.write(bytes)).problem().isPresent());
    }

    @Test
    void oneEndlessMessage() throws Exception {
        byte[] record = new byte[5 + 16384];
        record[0] = 22;
        record[1] = 3;
        record[2] = 3;
        record[3] = 0x40;
        byte[] first = record.clone();
        first[5] = 11; // a certificate of 16 MiB
        first[6] = (byte) 0xFF;
        first[7] = (byte) 0xFF;
        first[8] = (byte) 0xFF;
        var told =
                against(
                        out -> {
                            out.write(first);
                            for (int i = 0; i < 2_000; i++) out.write(record);
                        });
        assertTrue(told.problem().isPresent());
        assertTrue(told.story().steps().size() < 200);
    }

    @Test
    void endlesslyManyMessages() throws Exception {
        byte[] requests = new byte[5 + 16384];
        requests[0] = 22;
        requests[1] = 3;
        requests[2] = 3;
        requests[3] = 0x40; // HelloRequest after HelloRequest, of no bytes each
        var told =
                against(
                        out -> {
                            for (int i = 0; i < 2_000; i++) out.write(requests);
                        });
        assertTrue(told.problem().isPresent());
        assertTrue(told.story().steps().size() < 200, "told " + told.story().steps().size());
    }

    private static void pause() {
        try {
            Thread.sleep(50); // the pace of this server, nothing waits for it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Lecture against(Conduct conduct) throws Exception {
        return against(SHORT, conduct);
    }

    private static Lecture against(LectureOptions options, Conduct conduct) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var peer = server.accept()) {
                                    conduct.with(peer.getOutputStream());
                                    peer.getOutputStream().flush();
                                    peer.getInputStream()
                                            .transferTo(OutputStream.nullOutputStream());
                                } catch (IOException e) {
                                    // the client went away, as it should
                                }
                            });
            return assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> Lecture.on("127.0.0.1", server.getLocalPort(), options));
        }
    }
}
