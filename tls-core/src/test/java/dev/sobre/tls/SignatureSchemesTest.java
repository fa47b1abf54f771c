package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bouncycastle.tls.CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
import static org.bouncycastle.tls.CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
import static org.bouncycastle.tls.NamedGroup.secp256r1;
import static org.bouncycastle.tls.NamedGroup.x25519;
import static org.bouncycastle.tls.SignatureScheme.ecdsa_secp256r1_sha256;
import static org.bouncycastle.tls.SignatureScheme.ecdsa_secp384r1_sha384;
import static org.bouncycastle.tls.SignatureScheme.rsa_pkcs1_sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.SelfSigned;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That a server signs with nothing but what its policy allows, whatever its engine prefers. */
class SignatureSchemesTest {
    private static final Identity RSA = rsa();
    private static final Identity ECDSA = Identity.selfSigned("localhost");
    private static final List<Integer> GROUPS = List.of(x25519, secp256r1);

    @ParameterizedTest
    @EnumSource(Engine.class)
    void standardSignsRsaPssForAClientThatWouldRatherHavePkcs1(Engine engine) throws Exception {
        try (var server = serving(engine, RSA, TlsPolicy.standard())) {
            String said = openssl(server.listen(), "-tls1_2", "RSA+SHA256:RSA-PSS+SHA384");
            assertTrue(said.contains("Peer signature type: RSA-PSS"), said);
            assertTrue(said.contains("Peer signing digest: SHA384"), said);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anExplicitListIsKept(Engine engine) throws Exception {
        var policy = TlsPolicy.standard().withSignatures("rsa_pss_rsae_sha512");
        try (var server = serving(engine, RSA, policy)) {
            int port = server.listen();
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                String offered = "RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256";
                String said = openssl(port, version, offered);
                assertTrue(said.contains("Peer signing digest: SHA512"), said);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aClientWithoutRsaPssIsRefusedByStandardAndServedByCompatible(Engine engine)
            throws Exception {
        try (var server = serving(engine, RSA, TlsPolicy.standard())) {
            int port = server.listen();
            assertThrows(IOException.class, () -> old().connect(port));
            HandshakeFailure failure = server.failure();
            assertEquals(Code.NO_COMMON_SIGNATURE, failure.code(), failure.words());
            assertTrue(failure.remedy().contains("compatible"), failure.words());
        }
        try (var server = serving(engine, RSA, TlsPolicy.compatible())) {
            old().connect(server.listen());
            assertEquals("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", server.secured().suite());
        }
    }

    /** In TLS 1.2 a P-256 key could sign SHA-384, which no list of ours says. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aHashGoesWithItsCurve(Engine engine) throws Exception {
        try (var server = serving(engine, ECDSA, TlsPolicy.standard())) {
            int port = server.listen();
            int[] suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
            var odd = new BouncyPeer(ProtocolVersion.TLSv12, suites, GROUPS);
            assertThrows(
                    IOException.class,
                    () -> odd.naming(List.of(ecdsa_secp384r1_sha384)).connect(port));
            assertEquals(Code.NO_COMMON_SIGNATURE, server.failure().code());
            var plain = new BouncyPeer(ProtocolVersion.TLSv12, suites, GROUPS);
            plain.naming(List.of(ecdsa_secp256r1_sha256)).connect(port);
            assertEquals("TLSv1.2", server.secured().version());
        }
    }

    @Test
    void ofTwoIdentitiesTheOneThatMaySignForTheClientIsShown() throws Exception {
        var settings = TlsSettings.of(RSA, ECDSA); // for the same name
        try (var server = new Echo(settings)) {
            String said = openssl(server.listen(), "-tls1_2", "RSA+SHA256:ECDSA+SHA256");
            assertTrue(said.contains("Peer signature type: ECDSA"), said);
        }
    }

    private static BouncyPeer old() {
        int[] suites = {TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
        return new BouncyPeer(ProtocolVersion.TLSv12, suites, GROUPS)
                .naming(List.of(rsa_pkcs1_sha256));
    }

    private static Echo serving(Engine engine, Identity identity, TlsPolicy policy) {
        return new Echo(TlsSettings.of(identity).withEngine(engine).withPolicy(policy));
    }

    private static String openssl(int port, String version, String signatures) throws IOException {
        var client =
                new ProcessBuilder(
                                "openssl",
                                "s_client",
                                version,
                                "-connect",
                                "127.0.0.1:" + port,
                                "-servername",
                                "localhost",
                                "-sigalgs",
                                signatures)
                        .redirectErrorStream(true)
                        .start();
        client.getOutputStream().close(); // then it says goodbye
        return new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    private static Identity rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Identity.of(SelfSigned.of(List.of("localhost"), generator.generateKeyPair()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
