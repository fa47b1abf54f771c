package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.SelfSigned;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a policy may not say, and what is said of it. */
class PolicyCheckTest {
    private static final TlsPolicy STANDARD = TlsPolicy.standard();
    private static final Identity P256 = Identity.selfSigned("localhost");

    @Test
    void threePoliciesHaveNames() {
        assertEquals(List.of("modern", "standard", "compatible"), TlsPolicy.names());
        assertEquals(Optional.of(STANDARD), TlsPolicy.named("standard"));
        assertEquals(Optional.empty(), TlsPolicy.named("ancient"));
    }

    @Test
    void anUnsafeSuiteIsAnErrorThatNamesTheAllowedOnes() {
        refused(
                () -> STANDARD.withSuites("TLS_RSA_WITH_AES_128_CBC_SHA"),
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void soIsAnUnknownVersionGroupOrSignature() {
        refused(() -> STANDARD.withVersions("TLSv1.1"), "TLSv1.1", "TLSv1.3, TLSv1.2");
        refused(() -> STANDARD.withGroups("P-192"), "P-192", "X25519MLKEM768");
        refused(() -> STANDARD.withSignatures("rsa_pkcs1_sha1"), "rsa_pkcs1_sha1", "rsa_pss_");
        refused(() -> STANDARD.withGroups(), "needs a group", "P-256");
    }

    @Test
    void eachVersionHasItsSuites() {
        refused(
                () -> STANDARD.withSuites("TLS_AES_128_GCM_SHA256"),
                "TLSv1.2 is on and has no cipher suite",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        refused(
                () ->
                        TlsPolicy.modern()
                                .withSuites(
                                        "TLS_AES_128_GCM_SHA256",
                                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                "belongs to TLSv1.2, which is not on");
    }

    @Test
    void withOtherVersionsGoTheirSuites() {
        assertEquals(TlsPolicy.modern(), STANDARD.withVersions("TLSv1.3"));
    }

    @Test
    void boringSslServesAllSuitesOfTls13OrNone() {
        var one = TlsPolicy.modern().withSuites("TLS_AES_256_GCM_SHA384");
        var settings = TlsSettings.of(P256).withPolicy(one).withEngine(Engine.BORINGSSL);
        refused(() -> TlsContext.of(settings), "all three", "TLS_CHACHA20_POLY1305_SHA256");
        TlsContext.of(settings.withEngine(Engine.JDK));
    }

    @Test
    void theJdkNeedsAGroupThatItHas() {
        var settings =
                TlsSettings.of(P256).withPolicy(TlsPolicy.modern().withGroups("X25519MLKEM768"));
        TlsContext.of(settings.withEngine(Engine.BORINGSSL));
        refused(() -> TlsContext.of(settings.withEngine(Engine.JDK)), "X25519");
    }

    @Test
    void aKeyThatMaySignNothingIsRefused() throws Exception {
        refused(() -> serve(P256, STANDARD.withSignatures("rsa_pss_rsae_sha256")), "EC P-256");
        refused(() -> serve(ec("secp521r1"), STANDARD), "EC P-521", "compatible");
        serve(ec("secp521r1"), TlsPolicy.compatible());
        serve(ec("secp384r1"), STANDARD);
    }

    @Test
    void soIsOneThatOneOfTheVersionsCannotServe() throws Exception {
        Identity rsa = rsa();
        refused(() -> serve(rsa, STANDARD.withSignatures("rsa_pkcs1_sha256")), "rsa_pss_rsae_*");
        serve(rsa, STANDARD.withVersions("TLSv1.2").withSignatures("rsa_pkcs1_sha256"));
        refused(() -> serve(P256, STANDARD.withGroups("X25519")), "P-256");
        serve(P256, TlsPolicy.modern().withGroups("X25519"));
        var two =
                STANDARD.withVersions("TLSv1.2")
                        .withSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        refused(() -> serve(P256, two), "_ECDSA_");
        serve(rsa, two);
    }

    private static void serve(Identity identity, TlsPolicy policy) {
        TlsContext.of(TlsSettings.of(identity).withPolicy(policy));
    }

    private static void refused(Executable what, String... words) {
        String said = assertThrows(IllegalArgumentException.class, what).toString();
        for (String word : words) assertTrue(said.contains(word), said);
    }

    private static Identity ec(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return Identity.of(SelfSigned.of(List.of("localhost"), generator.generateKeyPair()));
    }

    private static Identity rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Identity.of(SelfSigned.of(List.of("localhost"), generator.generateKeyPair()));
    }
}
