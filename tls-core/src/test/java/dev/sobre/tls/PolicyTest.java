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

    @Test
    void anUnsafeSuiteIsAConfigurationErrorThatNamesTheAllowedOnes() {
        var standard = TlsPolicy.standard();
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new TlsPolicy(
                                        standard.versions(),
                                        List.of("TLS_RSA_WITH_AES_128_CBC_SHA"),
                                        standard.groups()));
        assertTrue(refused.toString().contains("TLS_AES_128_GCM_SHA256"), refused.toString());
    }

    private static void accepts(
            Engine engine,
            Identity identity,
            ProtocolVersion version,
            int suite,
            List<Integer> groups,
            String agreed)
            throws Exception {
        try (var server = new Echo(TlsSettings.of(identity).withEngine(engine))) {
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
        try (var server = new Echo(TlsSettings.of(identity).withEngine(engine))) {
            int port = server.listen();
            var client = new BouncyPeer(version, new int[] {suite}, groups);
            assertThrows(IOException.class, () -> client.connect(port));
            HandshakeFailure failure = server.failure();
            assertEquals(code, failure.code(), failure.words());
        }
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
