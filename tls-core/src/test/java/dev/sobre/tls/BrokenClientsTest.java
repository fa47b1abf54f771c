package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.wire.Alert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that are old, lost, confused or hostile: for each one event with a code, a plain sentence
 * and no engine's jargon, an alert where TLS has one, and the connection's end. Lesson 16.
 */
class BrokenClientsTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    /** The generator of P-256, which is somebody's public key. */
    private static final String POINT =
            "04"
                    + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    private static final String CHANGE_CIPHER_SPEC = "140303000101";

    /** What a client sends first, and then once the server's answer begins. */
    record Client(String name, RawHello hello, Code code, List<String> then) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Client client(String name, RawHello hello, Code code, String... then) {
        return new Client(name, hello, code, List.of(then));
    }

    private static Stream<Arguments> clients() {
        return Stream.of(
                        client("SSL 3.0", RawHello.tls12().in(0x0300), Code.TOO_OLD),
                        client("TLS 1.0", RawHello.tls12().in(0x0301), Code.TOO_OLD),
                        client("TLS 1.1", RawHello.tls12().in(0x0302), Code.TOO_OLD),
                        client(
                                "only static RSA",
                                RawHello.tls12().offering("009c002f"),
                                Code.NO_COMMON_SUITE),
                        client(
                                "only export ciphers",
                                RawHello.tls12().offering("00030008"),
                                Code.NO_COMMON_SUITE),
                        client(
                                "no suite at all",
                                RawHello.tls12().offering(""),
                                Code.NO_COMMON_SUITE),
                        client(
                                "no common group",
                                RawHello.tls13()
                                        .with(RawHello.GROUPS, "0002001e")
                                        .with(RawHello.KEY_SHARE, "0000"),
                                Code.NO_COMMON_GROUP),
                        client(
                                "no common signature",
                                RawHello.tls13().with(RawHello.SIGNATURES, "00020401"),
                                Code.NO_COMMON_SIGNATURE),
                        client(
                                "no common signature in TLS 1.2",
                                RawHello.tls12().with(RawHello.SIGNATURES, "00020401"),
                                Code.NO_COMMON_SIGNATURE),
                        client(
                                "a share that is no point",
                                RawHello.tls13()
                                        .with(RawHello.KEY_SHARE, "0024001d0020" + "00".repeat(32)),
                                Code.BROKEN_RULES),
                        client(
                                "early data",
                                RawHello.tls13().with(RawHello.EARLY_DATA, ""),
                                Code.EARLY_DATA,
                                record(23, "ab".repeat(0x4000)),
                                record(23, "ab".repeat(0x4000))),
                        client(
                                "application data too early",
                                RawHello.tls12(),
                                Code.BROKEN_RULES,
                                record(23, "61")),
                        client(
                                "a record that is too long",
                                RawHello.tls12(),
                                Code.OVERSIZED,
                                record(22, "1000effc" + "00".repeat(0xeffc))),
                        client(
                                "a message without end",
                                RawHello.tls12(),
                                Code.OVERSIZED,
                                record(22, "10ffffff00000000")),
                        client(
                                "a record of no kind",
                                RawHello.tls12(),
                                Code.BAD_RECORD,
                                record(99, "00".repeat(64))),
                        client(
                                "a record of no version",
                                RawHello.tls12(),
                                Code.BAD_RECORD,
                                "1607070040" + "00".repeat(64)),
                        client(
                                "empty records",
                                RawHello.tls12(),
                                Code.BAD_RECORD,
                                record(22, "").repeat(100)),
                        client(
                                "a second hello",
                                RawHello.tls12(),
                                Code.BROKEN_RULES,
                                HexFormat.of().formatHex(RawHello.tls12().record())),
                        client(
                                "ChangeCipherSpec ahead of the keys (CVE-2014-0224)",
                                RawHello.tls12(),
                                Code.BROKEN_RULES,
                                CHANGE_CIPHER_SPEC),
                        client(
                                "a key that is no point of the curve",
                                RawHello.tls12(),
                                Code.BROKEN_RULES,
                                record(22, "10000042" + "41" + "04" + "11".repeat(64))),
                        client(
                                "a bad record MAC in TLS 1.2",
                                RawHello.tls12(),
                                Code.BAD_RECORD,
                                record(22, "10000042" + "41" + POINT),
                                CHANGE_CIPHER_SPEC,
                                record(22, "ab".repeat(40))),
                        client(
                                "a bad record MAC in TLS 1.3",
                                RawHello.tls13(),
                                Code.BAD_RECORD,
                                record(23, "ab".repeat(32))),
                        client(
                                "a goodbye in the middle",
                                RawHello.tls12(),
                                Code.CLOSED,
                                "15030300020100"),
                        client(
                                "an alert that nobody knows",
                                RawHello.tls12(),
                                Code.CLIENT_ALERT,
                                "150303000202c8"))
                .flatMap(
                        client ->
                                Stream.of(Engine.values())
                                        .map(engine -> Arguments.of(client, engine)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void eachIsOneEventInPlainWords(Client client, Engine engine) throws Exception {
        HandshakeFailure failure = failure(engine, client.hello, client.then);
        assertEquals(client.code, failure.code(), failure.words());
        plain(failure);
    }

    @ParameterizedTest
    @EnumSource(Alert.class)
    void eachAlertIsNamedInTls12(Alert alert) throws Exception {
        for (Engine engine : Engine.values())
            named(alert, failure(engine, RawHello.tls12(), alert));
    }

    /** Who stumbles over our first message of TLS 1.3 has no keys yet and says so in the clear. */
    @ParameterizedTest
    @EnumSource(Alert.class)
    void eachAlertIsNamedInTls13(Alert alert) throws Exception {
        for (Engine engine : Engine.values())
            named(alert, failure(engine, RawHello.tls13(), alert));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void compressionIsRefused(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = connected(server.listen(), RawHello.tls12().compressing("01"))) {
            // BoringSSL insists on "no compression" among the methods, the JDK never uses another.
            if (engine == Engine.BORINGSSL) {
                HandshakeFailure failure = server.failure();
                assertEquals(Code.BROKEN_RULES, failure.code(), failure.words());
                plain(failure);
            } else {
                byte[] flight = socket.getInputStream().readNBytes(5 + 4 + 2 + 32 + 1);
                byte[] rest = socket.getInputStream().readNBytes(flight[flight.length - 1] + 3);
                assertEquals(0, rest[rest.length - 1]);
            }
        }
    }

    @Test
    void whoAsksForAnotherNameAndBreaksOffIsToldBoth() throws Exception {
        var hello = RawHello.tls12().naming("mail.elsewhere.example");
        HandshakeFailure failure = failure(Engine.best(), hello, Alert.BAD_CERTIFICATE);
        assertTrue(failure.sentence().contains("mail.elsewhere.example"), failure.sentence());
        assertTrue(failure.sentence().contains("for localhost"), failure.sentence());
        assertTrue(failure.remedy().contains("add an identity"), failure.remedy());
    }

    @Test
    void whoAsksForOurNameAndBreaksOffIsToldOfTrust() throws Exception {
        var hello = RawHello.tls12().naming("localhost");
        HandshakeFailure failure = failure(Engine.best(), hello, Alert.BAD_CERTIFICATE);
        assertTrue(failure.remedy().contains("CA's certificate"), failure.remedy());
    }

    /** RFC 6066 §3 forbids it, and clients do it: they get the default, or whoever has it. */
    @Test
    void anAddressAsServerNameIsServed() throws Exception {
        try (var server = Echo.of(LOCALHOST);
                var socket = connected(server.listen(), RawHello.tls12().naming("127.0.0.1"))) {
            assertEquals(22, socket.getInputStream().read());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whoStopsInTheMiddleIsTimedOut(Engine engine) throws Exception {
        HandshakeFailure failure;
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine))) {
            int port = server.listen(s -> s.withHandshakeTimeout(Duration.ofSeconds(1)));
            try (var socket = connected(port, RawHello.tls13())) {
                failure = server.failure();
                ends(socket);
            }
        }
        assertEquals(Code.TIMEOUT, failure.code(), failure.words());
        assertTrue(failure.sentence().contains("in the middle of the handshake"));
        plain(failure);
        assertEquals(Optional.empty(), failure.offered().orElseThrow().serverName());
    }

    private static void named(Alert alert, HandshakeFailure failure) {
        assertEquals(Code.CLIENT_ALERT, failure.code(), failure.words());
        assertTrue(failure.sentence().contains(alert.wireName()), failure.sentence());
        plain(failure);
    }

    /** A cause and what to do, without an engine's error codes, constants or Java classes. */
    static void plain(HandshakeFailure failure) {
        String words = failure.words();
        assertFalse(words.matches("(?s).*error:[0-9a-f].*") || words.contains("OPENSSL"), words);
        assertFalse(words.contains("Exception"), words);
        assertTrue(words.endsWith("; " + failure.remedy()), words);
        assertFalse(failure.sentence().isBlank() || failure.remedy().isBlank(), words);
    }

    private static HandshakeFailure failure(Engine engine, RawHello hello, Alert alert)
            throws Exception {
        return failure(engine, hello, List.of(HexFormat.of().formatHex(alert.record())));
    }

    private static HandshakeFailure failure(Engine engine, RawHello hello, List<String> then)
            throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = connected(server.listen(), hello)) {
            if (!then.isEmpty()) {
                assertEquals(22, socket.getInputStream().read()); // the server's flight begins
            }
            for (String record : then) {
                socket.getOutputStream().write(HexFormat.of().parseHex(record));
            }
            HandshakeFailure failure = server.failure();
            ends(socket);
            return failure;
        }
    }

    private static Socket connected(int port, RawHello hello) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(hello.record());
        return socket;
    }

    private static void ends(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            // The server did not read all that was sent: an end too.
        }
    }

    private static String record(int type, String body) {
        return HexFormat.of().formatHex(RawHello.record(type, body));
    }
}
