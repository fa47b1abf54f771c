package dev.sobre.tls.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.ClientAuthentication;
import dev.sobre.tls.ClientAuthority;
import dev.sobre.tls.ClientTrust;
import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.Echo;
import dev.sobre.tls.Identity;
import dev.sobre.tls.PeerCheck;
import dev.sobre.tls.TlsPolicy;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code sobre tls explain} finds out. */
class TlsProbeTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost", "127.0.0.1");
    private static final ProbeOptions TRUSTING =
            ProbeOptions.standard().withTrusted(List.of(LOCALHOST.certificate()));

    @Test
    void tellsWhatWasAgreedOn() {
        try (var server = Echo.of(LOCALHOST).greeting()) {
            Explanation told = TlsProbe.explain("localhost", server.listen(), TRUSTING);
            assertEquals(Optional.empty(), told.problem());
            var agreed = told.agreed().orElseThrow();
            assertEquals("TLSv1.3", agreed.version());
            assertEquals("ECDSA", agreed.suite().authentication());
            assertEquals(Optional.of("X25519MLKEM768"), agreed.group());
            assertEquals(Optional.of(true), agreed.resumption());
            assertEquals(List.of("localhost", "127.0.0.1"), told.chain().getFirst().names());
            String all = String.join("\n", told.lines());
            assertTrue(all.contains("ECDHE over X25519MLKEM768"), all);
            assertTrue(all.contains("days left"), all);
            assertTrue(all.contains("yes: a second connection resumed the session"), all);
        }
    }

    @Test
    void anAddressIsANameToo() {
        try (var server = Echo.of(LOCALHOST)) {
            var told = TlsProbe.explain("127.0.0.1", server.listen(), TRUSTING.withoutResumption());
            assertEquals(Optional.empty(), told.problem());
            assertEquals(Optional.empty(), told.agreed().orElseThrow().resumption());
        }
    }

    @Test
    void aCertificateNobodyVouchesFor() {
        try (var server = Echo.of(LOCALHOST)) {
            var told = TlsProbe.explain("localhost", server.listen(), ProbeOptions.standard());
            fails(told, Code.UNTRUSTED, "self-signed");
            assertEquals(1, told.chain().size()); // shown all the same
        }
    }

    /** Trusted by itself, it expires all the same. */
    @Test
    void aTrustedCertificateThatHasExpired() throws Exception {
        var key = SelfSigned.of(List.of("localhost")).key();
        var expired =
                Identity.of(
                        SelfSigned.of(
                                List.of("localhost"),
                                key,
                                Optional.empty(),
                                Duration.ofMinutes(-1)));
        var options = ProbeOptions.standard().withTrusted(List.of(expired.certificate()));
        try (var server = Echo.of(expired)) {
            var told = TlsProbe.explain("localhost", server.listen(), options);
            fails(told, Code.EXPIRED, "the certificate expired on ");
        }
        var complaint = PeerCheck.complaint(expired.chain(), options.trusted(), "localhost");
        assertEquals(Code.EXPIRED, complaint.orElseThrow().code());
    }

    @Test
    void aCertificateForSomebodyElse() {
        try (var server = Echo.of(LOCALHOST)) {
            var options = TRUSTING.withServerName("mail.example.org");
            var told = TlsProbe.explain("localhost", server.listen(), options);
            fails(
                    told,
                    Code.NAME_MISMATCH,
                    "is for localhost, 127.0.0.1, not for mail.example.org");
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fails(TlsProbe.explain("127.0.0.1", free, TRUSTING), Code.REFUSED, "nothing listens");
    }

    @Test
    void aNameWithoutAnAddress() {
        // Two dots: no name server is asked, which may take its time.
        var told = TlsProbe.explain("nowhere..invalid", 993, TRUSTING);
        fails(told, Code.UNKNOWN_HOST, "no address is known for nowhere..invalid");
    }

    @Test
    void aServerThatGreetsInPlainText() throws Exception {
        try (var server = saying("220 mail.example.org ESMTP\r\n")) {
            var told = TlsProbe.explain("127.0.0.1", server.getLocalPort(), TRUSTING);
            fails(told, Code.NOT_TLS, "a plain SMTP greeting (\"220 mail.example.org ESMTP\")");
        }
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
        try (var server = saying("")) {
            var options = TRUSTING.withTimeout(Duration.ofMillis(300));
            var told = TlsProbe.explain("127.0.0.1", server.getLocalPort(), options);
            fails(told, Code.HANDSHAKE_TIMEOUT, "said nothing");
        }
    }

    @Test
    void aServerThatIsTooOld() throws Exception {
        try (var server = saying("\u0015\u0003\u0001\u0000\u0002\u0002F")) { // its alert 70
            var told = TlsProbe.explain("127.0.0.1", server.getLocalPort(), TRUSTING);
            fails(told, Code.VERSION, "protocol_version");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatWantsACertificate(String version) throws Exception {
        var trust = ClientTrust.of(List.of(ClientAuthority.root("CN=Root").certificate()));
        var policy = TlsPolicy.standard();
        var suites =
                policy.suites().stream().filter(s -> s.contains("_WITH_") == version.endsWith("2"));
        var one =
                new TlsPolicy(
                        List.of(version), suites.toList(), policy.groups(), policy.signatures());
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withPolicy(one))) {
            int port = server.listen(s -> s.withClients(ClientAuthentication.required(trust)));
            var told = TlsProbe.explain("localhost", port, TRUSTING);
            var problem = told.problem().orElseThrow();
            assertEquals(Code.ALERT, problem.code(), problem.sentence());
            assertTrue(
                    problem.sentence().contains("asks for a client certificate"),
                    problem.sentence());
        }
    }

    /** An alert that says less, such as internal_error, would puzzle the server's owner. */
    @Test
    void whatWeDoNotTrustIsToldToTheServer() throws Exception {
        try (var server = Echo.of(LOCALHOST)) {
            TlsProbe.explain("localhost", server.listen(), ProbeOptions.standard());
            var failure = server.failure();
            assertTrue(failure.sentence().contains("unknown_ca"), failure.sentence());
        }
    }

    private static void fails(Explanation told, Code code, String words) {
        var problem = told.problem().orElseThrow();
        assertEquals(code, problem.code(), problem.sentence());
        assertTrue(problem.sentence().contains(words), problem.sentence());
        assertTrue(told.agreed().isEmpty());
    }

    /** A server that says one thing to whoever comes and then keeps quiet. */
    private static ServerSocket saying(String words) throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (var socket = server.accept()) {
                                socket.getOutputStream()
                                        .write(words.getBytes(StandardCharsets.ISO_8859_1));
                                socket.getInputStream().readAllBytes();
                            } catch (IOException e) {
                                // the test is over
                            }
                        });
        return server;
    }
}
