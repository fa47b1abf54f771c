package dev.sobre.tls;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.SuiteVerdict.Reason;
import dev.sobre.tls.wire.RegisteredSuite;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of each suite that IANA ever registered. */
class SuiteVerdictTest {
    private static final TlsPolicy STANDARD = TlsPolicy.standard();
    private static final TlsPolicy ALL = TlsPolicy.compatible();

    static List<RegisteredSuite> registered() {
        return RegisteredSuite.all();
    }

    @Test
    void theRegistryIsWhole() {
        assertEquals(356, registered().size());
        assertEquals(356, new HashSet<>(registered().stream().map(s -> s.name()).toList()).size());
        assertEquals(0x0000, registered().getFirst().number());
        assertEquals(0xD005, registered().getLast().number());
    }

    @ParameterizedTest
    @MethodSource("registered")
    void eachIsTakenApartAndEitherOfferedOrRefusedWithAReason(RegisteredSuite suite) {
        var verdict = SuiteVerdict.of(suite.name(), ALL);
        assertEquals(Optional.of(suite), verdict.registered());
        assertEquals(ALL.suites().contains(suite.name()), verdict.offered());
        assertEquals(verdict.offered(), verdict.reasons().isEmpty());
        assertEquals(suite.name().endsWith("_SCSV"), verdict.parts().isEmpty());
        for (Reason each : verdict.reasons()) assertFalse(each.source().isEmpty());
        String words = String.join(" ", verdict.parts().map(Record::toString).stream().toList());
        assertFalse(
                words.matches(".*(keyExchange|authentication|cipher|mode|hash)=[A-Z0-9]*_.*"),
                words);
    }

    @ParameterizedTest
    @MethodSource("registered")
    void openSslsNameAndTheNumberMeanTheSame(RegisteredSuite suite) {
        assertEquals(Optional.of(suite), RegisteredSuite.find(suite.hex()));
        assertEquals(
                Optional.of(suite), RegisteredSuite.find(suite.name().toLowerCase(Locale.ROOT)));
        for (String name : suite.openSslNames()) {
            assertEquals(Optional.of(suite), RegisteredSuite.find(name));
        }
    }

    /** What an allowed suite has: no rule is against it, and both engines have it. */
    @Test
    void noRuleIsAgainstWhatIsOffered() {
        for (String name : ALL.suites()) {
            assertTrue(SuiteRule.ALL.stream().noneMatch(rule -> rule.applies(name)), name);
            var parts = CipherSuite.parse(name);
            assertTrue(parts.forwardSecret() && parts.authenticatedEncryption(), name);
        }
    }

    /** How many of the registry each rule is against: who changes a rule sees what else it hits. */
    @Test
    void eachRuleHitsItsSuites() {
        String counted =
                SuiteRule.ALL.stream()
                        .map(
                                rule ->
                                        registered().stream()
                                                        .filter(s -> rule.applies(s.name()))
                                                        .count()
                                                + " "
                                                + rule.names())
                        .collect(joining("\n"));
        assertEquals(
                """
                23 _WITH_NULL_|^TLS_SHA\\d+_SHA\\d+$
                28 _anon_|_WITH_NULL_NULL$
                15 _EXPORT
                8 _WITH_DES_CBC_(SHA|MD5)$
                18 _RC4_
                26 _EXPORT|_WITH_DES_CBC_(SHA|MD5)$|_IDEA_
                20 _3DES_
                46 _3DES_|_DES_|_DES40_|_RC2_|_IDEA_|_MAGMA_|_28147_
                52 ^TLS_RSA_(WITH|EXPORT|PSK)_
                40 ^TLS_DH_(RSA|DSS)_
                34 ^TLS_ECDH_(RSA|ECDSA)_
                91 ^TLS_(DHE|DH_anon|PSK_DHE)_
                27 ^TLS_(PSK_WITH|GOSTR341112_256_WITH_.*_(OMAC|IMIT)$)
                180 _CBC_
                13 _MD5$
                43 _DSS_
                113 PSK|_SRP_|_ECCPWD_|_KRB5_
                12 _CCM_8
                170 _(CCM|ARIA|CAMELLIA|SEED|IDEA|SM4|AEGIS|ASCON\\w*|KUZNYECHIK|MAGMA|28147)(_|$)
                """
                        .strip(),
                counted);
    }

    /** Each: a suite, and the words of its reasons in order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA           | 112 bits, Sweet32, Raccoon, Lucky 13, DSA
                    TLS_RSA_WITH_AES_128_CBC_SHA                | static RSA, Lucky 13
                    TLS_RSA_WITH_AES_256_GCM_SHA384             | static RSA
                    TLS_RSA_WITH_RC4_128_MD5                    | RC4, static RSA, MD5
                    TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5          | export law, TLS 1.1, Sweet32, static RSA, Lucky 13, MD5
                    TLS_DH_anon_EXPORT_WITH_RC4_40_MD5          | anybody, export law, RC4, TLS 1.1, Raccoon, MD5
                    TLS_KRB5_WITH_DES_CBC_MD5                   | 56 bits, TLS 1.1, Sweet32, Lucky 13, MD5, certificate
                    TLS_RSA_WITH_IDEA_CBC_SHA                   | TLS 1.1, Sweet32, static RSA, Lucky 13, neither
                    TLS_NULL_WITH_NULL_NULL                     | nothing is encrypted, anybody
                    TLS_ECDHE_ECDSA_WITH_NULL_SHA               | nothing is encrypted
                    TLS_SHA256_SHA256                           | nothing is encrypted
                    TLS_DH_RSA_WITH_AES_128_GCM_SHA256          | static Diffie-Hellman
                    TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256      | invalid-curve
                    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256   | Raccoon
                    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256       | Lucky 13
                    TLS_PSK_WITH_AES_128_GCM_SHA256             | no forward secrecy, certificate
                    TLS_RSA_PSK_WITH_AES_128_GCM_SHA256         | static RSA, certificate
                    TLS_PSK_DHE_WITH_AES_128_CCM_8              | Raccoon, certificate, 8 octets, neither
                    TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256 | certificate
                    TLS_SRP_SHA_DSS_WITH_AES_128_CBC_SHA        | Lucky 13, DSA, certificate
                    TLS_ECCPWD_WITH_AES_128_GCM_SHA256          | certificate
                    TLS_ECDHE_ECDSA_WITH_AES_128_CCM            | neither
                    TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8          | 8 octets, neither
                    TLS_AES_128_CCM_SHA256                      | neither
                    TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256      | neither
                    TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384  | neither
                    TLS_RSA_WITH_SEED_CBC_SHA                   | static RSA, Lucky 13, neither
                    TLS_SM4_GCM_SM3                             | neither
                    TLS_AEGIS_128L_SHA256                       | neither
                    TLS_ASCONAEAD128_ASCONHASH256               | neither
                    TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC     | Sweet32, no forward secrecy, neither
                    TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L   | neither
                    TLS_FALLBACK_SCSV                           | no suite
                    EDH-RSA-DES-CBC3-SHA                        | 112 bits, Sweet32, Raccoon, Lucky 13
                    EXP-RC4-MD5                                 | export law, RC4, TLS 1.1, static RSA, MD5
                    """)
    void tellsWhyNot(String name, String words) {
        var reasons = SuiteVerdict.of(name, STANDARD).reasons();
        String[] expected = words.split(", ", -1);
        assertEquals(expected.length, reasons.size(), reasons.toString());
        for (int i = 0; i < expected.length; i++) {
            assertTrue(reasons.get(i).words().contains(expected[i]), reasons.toString());
        }
    }

    @Test
    void saysWhichPolicyLeavesASafeOneOut() {
        var modern = SuiteVerdict.of("ECDHE-RSA-AES128-GCM-SHA256", TlsPolicy.modern()).reasons();
        assertEquals("it is safe, but the policy does without TLS 1.2", modern.getFirst().words());
        var narrow = TlsPolicy.modern().withSuites("TLS_AES_256_GCM_SHA384");
        var left = SuiteVerdict.of("TLS_AES_128_GCM_SHA256", narrow).reasons();
        assertEquals("it is safe, but the policy's list leaves it out", left.getFirst().words());
    }

    @Test
    void aNameThatIsNotRegisteredIsTakenApartAllTheSame() {
        var verdict = SuiteVerdict.of("TLS_RSA_WITH_AES_128_GCM_SHA512", STANDARD);
        assertEquals(Optional.empty(), verdict.registered());
        assertTrue(verdict.lines("standard").contains("IANA has no suite of this name."));
        assertTrue(verdict.reasons().getFirst().words().startsWith("static RSA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RSA", "0x9999", "TLS", "AES-128"})
    void whatIsNoNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> SuiteVerdict.of(name, STANDARD));
    }

    @Test
    void tellsPeople() {
        assertEquals(
                """
                suite             TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA (0x0013, RFC 5246, OpenSSL: DHE-DSS-DES-CBC3-SHA, EDH-DSS-DES-CBC3-SHA)
                  version         TLS 1.2 or older
                  key exchange    DHE
                  authentication  DSA
                  cipher          3DES (112 bits of strength)
                  mode            CBC (with an HMAC apart)
                  hash            SHA-1
                It is not offered by the policy standard:
                - 3DES has a strength of 112 bits (RFC 9325 §4.1: SHOULD NOT below 128 bits)
                """,
                SuiteVerdict.of("SSL_DHE_DSS_WITH_3DES_EDE_CBC_SHA", STANDARD)
                        .lines("standard")
                        .stream()
                        .limit(9)
                        .collect(joining("\n", "", "\n")));
        assertEquals(
                "It is offered by the policy standard.",
                SuiteVerdict.of("TLS_AES_128_GCM_SHA256", STANDARD).lines("standard").getLast());
    }
}
