package dev.sobre.tls.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.Echo;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsPolicy;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.trace.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code sobre tls explain --trace} tells of our own listener. */
class LectureTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost", "127.0.0.1");
    private static final LectureOptions TRUSTING =
            LectureOptions.standard().withTrusted(List.of(LOCALHOST.certificate()));

    @Test
    void tls13MessageByMessage() {
        try (var server = Echo.of(LOCALHOST).greeting()) {
            var told = Lecture.on("localhost", server.listen(), TRUSTING);
            assertEquals(Optional.empty(), told.problem());
            assertEquals(
                    List.of(
                            "client ClientHello",
                            "server ServerHello",
                            "server EncryptedExtensions",
                            "server Certificate",
                            "server CertificateVerify",
                            "server Finished",
                            "client Finished"),
                    said(told).stream()
                            .filter(name -> !name.contains("ChangeCipherSpec"))
                            .limit(7)
                            .toList());
            assertTrue(said(told).contains("server NewSessionTicket"), said(told).toString());
            assertTrue(said(told).contains("server application data"), said(told).toString());
            assertEquals("X25519MLKEM768 (1120 bytes)", fact(told, "ServerHello", "key share"));
            assertEquals(List.of(), told.schedule());
            assertTrue(step(told, "Certificate").encrypted());
            assertFalse(step(told, "ServerHello").encrypted());
        }
    }

    @Test
    void theSecretsOfAHybridExchangeAreThoseInUse() {
        try (var server = Echo.of(LOCALHOST)) {
            var told = Lecture.on("localhost", server.listen(), TRUSTING.withSecrets());
            assertUsed(told, "resumption master secret");
            assertEquals(2 * 64, secret(told, "shared secret").length()); // ML-KEM's and X25519's
        }
    }

    @Test
    void aRetryIsToldAndHashedAsOne() {
        var only = TlsPolicy.modern().withGroups("P-384");
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withPolicy(only))) {
            var told = Lecture.on("localhost", server.listen(), TRUSTING.withSecrets());
            assertEquals(Optional.empty(), told.problem());
            assertEquals("P-384", fact(told, "HelloRetryRequest", "asks for"));
            assertEquals(
                    2, said(told).stream().filter(n -> n.equals("client ClientHello")).count());
            assertUsed(told, "resumption master secret");
        }
    }

    @Test
    void tls12MessageByMessage() {
        try (var server = Echo.of(LOCALHOST)) {
            var options = TRUSTING.withVersion("TLSv1.2").withSecrets();
            var told = Lecture.on("localhost", server.listen(), options);
            assertEquals(Optional.empty(), told.problem());
            var names =
                    List.of(
                            "client ClientHello",
                            "server ServerHello",
                            "server Certificate",
                            "server ServerKeyExchange",
                            "server ServerHelloDone",
                            "client ClientKeyExchange",
                            "client ChangeCipherSpec",
                            "client Finished");
            assertEquals(names, said(told).subList(0, names.size()));
            assertTrue(said(told).contains("server Finished"), said(told).toString());
            String all = String.join("\n", told.lines());
            assertTrue(all.contains("DOWNGRD"), all);
            assertTrue(all.contains("Four values, not six"), all);
            assertUsed(told);
            assertEquals(8, secret(told, "  client nonce").length());
        }
    }

    @Test
    void whomNobodyTrustsIsToldAllTheSame() {
        try (var server = Echo.of(LOCALHOST)) {
            var told = Lecture.on("localhost", server.listen(), LectureOptions.standard());
            assertEquals(Code.UNTRUSTED, told.problem().orElseThrow().code());
            assertTrue(said(told).contains("client Finished"), said(told).toString());
            var named = TRUSTING.withServerName("mail.example.org");
            told = Lecture.on("localhost", server.listen(), named);
            assertEquals(Code.NAME_MISMATCH, told.problem().orElseThrow().code());
            assertEquals("mail.example.org", fact(told, "ClientHello", "server name"));
        }
    }

    @Test
    void ourServerRefusesAnOldSuiteAndTheAlertIsTold() {
        try (var server = Echo.of(LOCALHOST)) {
            var old = TRUSTING.withSuite("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
            var told = Lecture.on("localhost", server.listen(), old);
            assertEquals(Code.ALERT, told.problem().orElseThrow().code());
            assertEquals(
                    List.of("client ClientHello", "server Alert handshake_failure"), said(told));
        }
    }

    /** All values are those that the connection used, but for those named. */
    static void assertUsed(Lecture told, String... but) {
        assertFalse(told.schedule().isEmpty());
        assertEquals(
                List.of(but),
                told.schedule().stream()
                        .filter(s -> !s.used())
                        .map(s -> s.secret().name())
                        .toList());
    }

    static String secret(Lecture told, String name) {
        return told.schedule().stream()
                .map(ToldSecret::secret)
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name))
                .hex();
    }

    static List<String> said(Lecture told) {
        return told.story().steps().stream().map(s -> s.from().word() + " " + s.name()).toList();
    }

    static String fact(Lecture told, String message, String name) {
        return step(told, message).facts().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + message))
                .value();
    }

    private static Step step(Lecture told, String name) {
        return told.story().steps().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + said(told)));
    }
}
