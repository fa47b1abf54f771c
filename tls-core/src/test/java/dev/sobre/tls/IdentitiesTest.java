package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.Authority;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.SelfSigned;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets which certificate. */
class IdentitiesTest {
    private static final Identity FIRST = Identity.selfSigned("first.example.org");
    private static final Identity WILD = Identity.selfSigned("*.example.org");
    private static final Identity MAIL = Identity.selfSigned("mail.example.org");
    private static final KeyPair RSA = rsa();

    @Test
    void choosesByNameAWildcardAfterAnExactOneAndTheFirstForTheRest() throws Exception {
        try (var server = Echo.of(FIRST, WILD, MAIL)) {
            int port = server.listen();
            assertEquals(MAIL.certificate(), shown(port, "mail.example.org"));
            assertEquals(MAIL.certificate(), shown(port, "MAIL.Example.ORG"));
            assertEquals(WILD.certificate(), shown(port, "other.example.org"));
            assertEquals(FIRST.certificate(), shown(port, "a.b.example.org"));
            assertEquals(FIRST.certificate(), shown(port, "elsewhere.example.com"));
            try (var socket = JdkPeer.trusting(FIRST).connect(port)) {
                socket.startHandshake(); // names nobody
                assertEquals(FIRST.certificate(), socket.getSession().getPeerCertificates()[0]);
            }
        }
    }

    @Test
    void tellsTheServiceWhichNameWasAskedFor() throws Exception {
        try (var server = Echo.of(MAIL)) {
            shown(server.listen(), "mail.example.org");
            assertEquals(Optional.of("mail.example.org"), server.secured().serverName());
        }
    }

    @Test
    void ofTwoForOneNameTheClientGetsTheOneItCanCheck() throws Exception {
        var rsa = Identity.of(SelfSigned.of(List.of("mail.example.org"), RSA));
        try (var server = Echo.of(MAIL, rsa)) {
            int port = server.listen();
            assertEquals(
                    MAIL.certificate(), shown(port, "mail.example.org", "ecdsa_secp256r1_sha256"));
            assertEquals(
                    rsa.certificate(),
                    shown(port, "mail.example.org", "rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"));
        }
    }

    @Test
    void aWildcardThatTheClientCanCheckComesBeforeAnExactNameThatItCannot() throws Exception {
        var wild = Identity.of(SelfSigned.of(List.of("*.example.org"), RSA));
        try (var server = Echo.of(MAIL, wild)) {
            assertEquals(
                    wild.certificate(),
                    shown(
                            server.listen(),
                            "mail.example.org",
                            "rsa_pss_rsae_sha256",
                            "rsa_pkcs1_sha256"));
        }
    }

    @Test
    void inTls12TheSuiteNamesTheKindOfKeyToo() throws Exception {
        var rsa = Identity.of(SelfSigned.of(List.of("mail.example.org"), RSA));
        try (var server = Echo.of(MAIL, rsa);
                var socket =
                        JdkPeer.trustingAnyone().connect(server.listen(), "mail.example.org")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            socket.startHandshake();
            assertEquals(rsa.certificate(), socket.getSession().getPeerCertificates()[0]);
        }
    }

    @Test
    void refusesAKeyThatNoClientCouldBeServedWith() throws Exception {
        var other = new KeyAndChain(Authority.ec().getPrivate(), MAIL.chain());
        var refused = assertThrows(IllegalArgumentException.class, () -> Identity.of(other));
        assertTrue(refused.toString().contains("does not belong"), refused.toString());
    }

    private static X509Certificate shown(int port, String name, String... schemes)
            throws Exception {
        try (var socket = JdkPeer.trustingAnyone().connect(port, name)) {
            if (schemes.length > 0) {
                var parameters = socket.getSSLParameters();
                parameters.setSignatureSchemes(schemes);
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static KeyPair rsa() {
        try {
            return Authority.rsa(2048);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
