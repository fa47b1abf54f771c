package dev.sobre.tls;

import static org.bouncycastle.tls.CipherSuite.*;
import static org.bouncycastle.tls.NamedGroup.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.SelfSigned;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the standard policy lets in and what it keeps out, on both engines. Lessons 16 and 18. */
class PolicyTest {
    private static final List<Integer> USUAL = List.of(x25519, secp256r1);

    @ParameterizedTest
    @EnumSource(Engine.class)
    void servesTls13(Engine engine) throws Exception {
        accepts(engine, ecdsa(), ProtocolVersion.TLSv13, TLS_AES_256_GCM_SHA384, USUAL, "TLSv1.3");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void servesTls12WithAnEcdsaKey(Engine engine) throws Exception {
        accepts(
                engine,
                ecdsa(),
                ProtocolVersion.TLSv12,
                TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                USUAL,
                "TLSv1.2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void servesTls12WithAnRsaKey(Engine engine) throws Exception {
        accepts(
                engine,
                rsa(),
                ProtocolVersion.TLSv12,
                TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                USUAL,
                "TLSv1.2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesTls11(Engine engine) throws Exception {
        refuses(
                engine,
                ecdsa(),
                ProtocolVersion.TLSv11,
                TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
                USUAL,
                Code.TOO_OLD);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesCbc(Engine engine) throws Exception {
        refuses(
                engine,
                ecdsa(),
                ProtocolVersion.TLSv12,
                TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
                USUAL,
                Code.NO_COMMON_SUITE);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesStaticRsa(Engine engine) throws Exception {
        refuses(
                engine,
                rsa(),
                ProtocolVersion.TLSv12,
                TLS_RSA_WITH_AES_128_GCM_SHA256,
                USUAL,
                Code.NO_COMMON_SUITE);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesFiniteFieldDhe(Engine engine) throws Exception {
        refuses(
                engine,
                rsa(),
                ProtocolVersion.TLSv12,
                TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                List.of(ffdhe2048),
                Code.NO_COMMON_SUITE);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAClientWithNoCommonGroup(Engine engine) throws Exception {
        refuses(
                engine,
                ecdsa(),
                ProtocolVersion.TLSv13,
                TLS_AES_128_GCM_SHA256,
                List.of(secp521r1),
                Code.NO_COMMON_GROUP);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void modernServesTls13(Engine engine) throws Exception {
        try (var server = serving(engine, ecdsa(), TlsPolicy.modern())) {
            int[] suites = {TLS_CHACHA20_POLY1305_SHA256};
            new BouncyPeer(ProtocolVersion.TLSv13, suites, USUAL).connect(server.listen());
            assertEquals("TLS_CHACHA20_POLY1305_SHA256", server.secured().suite());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void modernRefusesTls12AndSaysWhichPolicyWouldNot(Engine engine) throws Exception {
        try (var server = serving(engine, ecdsa(), TlsPolicy.modern())) {
            int[] suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
            var client = new BouncyPeer(ProtocolVersion.TLSv12, suites, USUAL);
            int port = server.listen();
            assertThrows(IOException.class, () -> client.connect(port));
            HandshakeFailure failure = server.failure();
            assertEquals(Code.TOO_OLD, failure.code(), failure.words());
            assertTrue(failure.remedy().contains("standard"), failure.words());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void compatibleServesP521(Engine engine) throws Exception {
        try (var server = serving(engine, ecdsa(), TlsPolicy.compatible())) {
            int[] suites = {TLS_AES_128_GCM_SHA256};
            new BouncyPeer(ProtocolVersion.TLSv13, suites, List.of(secp521r1))
                    .connect(server.listen());
            assertEquals(Optional.of("P-521"), server.secured().group());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void ofManySuitesTheServersFirstIsTaken(Engine engine) throws Exception {
        var policy =
                TlsPolicy.standard()
                        .withVersions("TLSv1.2")
                        .withSuites(
                                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (var server = serving(engine, ecdsa(), policy)) {
            int[] suites = {
                TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            };
            new BouncyPeer(ProtocolVersion.TLSv12, suites, USUAL).connect(server.listen());
            assertEquals("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", server.secured().suite());
        }
    }

    /** BoringSSL can't; it says so at the start, see {@link PolicyCheckTest}. */
    @Test
    void theJdkServesSomeOfTheSuitesOfTls13() throws Exception {
        var policy = TlsPolicy.modern().withSuites("TLS_AES_256_GCM_SHA384");
        try (var server = serving(Engine.JDK, ecdsa(), policy)) {
            int[] suites = {TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384};
            new BouncyPeer(ProtocolVersion.TLSv13, suites, USUAL).connect(server.listen());
            assertEquals("TLS_AES_256_GCM_SHA384", server.secured().suite());
        }
    }

    private static void accepts(
            Engine engine,
            Identity identity,
            ProtocolVersion version,
            int suite,
            List<Integer> groups,
            String agreed)
            throws Exception {
        try (var server = serving(engine, identity, TlsPolicy.standard())) {
            new BouncyPeer(version, new int[] {suite}, groups).connect(server.listen());
            TlsInfo info = server.secured();
            assertEquals(agreed, info.version());
            assertEquals("X25519", info.group().orElseThrow());
        }
    }

    private static void refuses(
            Engine engine,
            Identity identity,
            ProtocolVersion version,
            int suite,
            List<Integer> groups,
            Code code)
            throws Exception {
        try (var server = serving(engine, identity, TlsPolicy.standard())) {
            int port = server.listen();
            var client = new BouncyPeer(version, new int[] {suite}, groups);
            assertThrows(IOException.class, () -> client.connect(port));
            HandshakeFailure failure = server.failure();
            assertEquals(code, failure.code(), failure.words());
        }
    }

    private static Echo serving(Engine engine, Identity identity, TlsPolicy policy) {
        return new Echo(TlsSettings.of(identity).withEngine(engine).withPolicy(policy));
    }

    private static Identity ecdsa() {
        return Identity.selfSigned("localhost");
    }

    private static Identity rsa() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Identity.of(SelfSigned.of(List.of("localhost"), generator.generateKeyPair()));
    }
}
