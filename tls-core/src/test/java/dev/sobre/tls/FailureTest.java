package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failed handshake is one event in plain words. Lesson 16. */
class FailureTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    private final Echo server = Echo.of(LOCALHOST);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "EHLO client.example.org, plain SMTP",
        "a1 CAPABILITY, plain IMAP",
        "USER ann, plain POP3",
        "GET / HTTP/1.1, plain HTTP",
        "SSH-2.0-OpenSSH_9.2, SSH",
        "hello there, plain text"
    })
    void plaintextOnATlsPortIsNamed(String line, String named) throws Exception {
        byte[] answer = send((line + "\r\n").getBytes(ISO_8859_1));
        HandshakeFailure failure = server.failure();
        assertEquals(Code.PLAINTEXT, failure.code());
        assertTrue(failure.sentence().contains(named), failure.sentence());
        assertTrue(failure.remedy().contains("STARTTLS"), failure.remedy());
        assertEquals(21, answer[0]); // an alert, and no more
        assertEquals(7, answer.length);
    }

    @ParameterizedTest
    @CsvSource({
        "802b010002001200000010010080020080, TOO_OLD", // the hello of SSL 2.0
        "fffb01fffb03fffd18, PLAINTEXT", // TELNET without TLS
        "0000000000000000, PLAINTEXT",
        "1603010005010fffff00, OVERSIZED", // a hello that announces a megabyte
        "16030100010200000000, MALFORMED", // a message that is no hello
        "1603010000, MALFORMED", // an empty record
        "1609010005, MALFORMED", // a version from nowhere
        "15030100020228, MALFORMED", // an alert ahead of all
        "160301000801000004030311111111, MALFORMED", // a hello that ends too early
    })
    void garbageIsNamed(String hex, Code code) throws Exception {
        send(HexFormat.of().parseHex(hex));
        HandshakeFailure failure = server.failure();
        assertEquals(code, failure.code());
        BrokenClientsTest.plain(failure);
    }

    @Test
    void aClientThatDistrustsUsSaysSo() throws Exception {
        int port = server.listen();
        try (var socket = new JdkPeer().connect(port)) {
            assertThrows(SSLException.class, socket::startHandshake);
        }
        HandshakeFailure failure = server.failure();
        assertEquals(Code.CLIENT_ALERT, failure.code(), failure.words());
        assertTrue(failure.sentence().contains("trust"), failure.sentence());
        assertTrue(failure.remedy().contains("CA"), failure.remedy());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aClientThatClosesInTheMiddle(Engine engine) throws Exception {
        try (var one = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine))) {
            int port = one.listen();
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(Hellos.tls13("localhost"));
                assertTrue(socket.getInputStream().read() == 22); // the server's flight begins
            }
            HandshakeFailure failure = one.failure();
            assertEquals(Code.CLOSED, failure.code(), failure.words());
            assertTrue(failure.offered().isPresent());
            BrokenClientsTest.plain(failure);
        }
    }

    @Test
    void aSilentClientIsTimedOut() throws Exception {
        int port = server.listen(s -> s.withHandshakeTimeout(Duration.ofMillis(150)));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            assertEquals(-1, socket.getInputStream().read());
        }
        HandshakeFailure failure = server.failure();
        assertEquals(Code.TIMEOUT, failure.code());
        assertTrue(failure.words().contains("waits for a greeting"), failure.words());
        BrokenClientsTest.plain(failure);
    }

    @Test
    void aSlowHelloIsTimedOut() throws Exception {
        int port = server.listen(s -> s.withHandshakeTimeout(Duration.ofMillis(150)));
        byte[] hello = Hellos.tls13("localhost");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello, 0, 40);
            assertEquals(-1, socket.getInputStream().read());
        }
        HandshakeFailure failure = server.failure();
        assertEquals(Code.TIMEOUT, failure.code());
        BrokenClientsTest.plain(failure);
    }

    @Test
    void aBrokenRecordAfterTheHelloIsNamed() throws Exception {
        byte[] hello = Hellos.tls13("localhost");
        byte[] junk = HexFormat.of().parseHex("1703030020" + "ab".repeat(32));
        byte[] both = Arrays.copyOf(hello, hello.length + junk.length);
        System.arraycopy(junk, 0, both, hello.length, junk.length);
        send(both);
        HandshakeFailure failure = server.failure();
        assertEquals(Code.BAD_RECORD, failure.code(), failure.words());
    }

    @Test
    void aPortScanIsToldApart() throws Exception {
        int port = server.listen();
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        HandshakeFailure failure = server.failure();
        assertEquals(Code.CLOSED, failure.code());
        assertTrue(failure.sentence().contains("port scan"), failure.sentence());
        BrokenClientsTest.plain(failure);
    }

    @Test
    void closingTheListenerBreaksOffHandshakes() throws Exception {
        int port = server.listen();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(Hellos.tls13("localhost"));
            assertEquals(22, socket.getInputStream().read()); // the server's flight begins
            server.close();
            socket.setSoTimeout(10_000);
            socket.getInputStream().readAllBytes(); // ends
        }
        assertThrows(
                IOException.class,
                () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void aHelloInPiecesIsServed() throws Exception {
        int port = server.listen();
        byte[] hello = Hellos.inRecords(Hellos.tls13("localhost"), 30);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            for (byte one : hello) socket.getOutputStream().write(one);
            byte[] start = socket.getInputStream().readNBytes(6);
            assertArrayEquals(new byte[] {22, 3, 3}, Arrays.copyOf(start, 3));
            assertEquals(2, start[5]); // ServerHello
        }
    }

    private byte[] send(byte[] bytes) throws IOException {
        int port = server.listen();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readAllBytes();
        }
    }
}
