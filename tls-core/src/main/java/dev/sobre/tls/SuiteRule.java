package dev.sobre.tls;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A reason not to use the suites whose names it knows by a part.
 *
 * @param words what is wrong with them
 * @param source where that is written
 */
public record SuiteRule(Pattern names, String words, String source) {
    /** The worst first. */
    static final List<SuiteRule> ALL =
            List.of(
                    rule(
                            "_WITH_NULL_|^TLS_SHA\\d+_SHA\\d+$",
                            "nothing is encrypted",
                            "RFC 9325 §4.1: MUST NOT"),
                    rule(
                            "_anon_|_WITH_NULL_NULL$",
                            "the server proves nothing, so that anybody in between can be it",
                            "RFC 5246 §A.5: MUST NOT be used by default"),
                    rule(
                            "_EXPORT",
                            "its keys were made short on purpose (40 bits), for an export law that is"
                                    + " gone",
                            "RFC 9325 §4.1: MUST NOT"),
                    rule(
                            "_WITH_DES_CBC_(SHA|MD5)$",
                            "a key of 56 bits is found by trying them all",
                            "RFC 9325 §4.1: MUST NOT; RFC 5469"),
                    rule(
                            "_RC4_",
                            "RC4 lets parts of the text be guessed from many records",
                            "RFC 7465 §2 and RFC 9325 §4.1: MUST NOT"),
                    rule(
                            "_EXPORT|_WITH_DES_CBC_(SHA|MD5)$|_IDEA_",
                            "it ends with TLS 1.1 or before, which may not be used any more",
                            "RFC 8996 §4, §5: MUST NOT; RFC 4346 §A.5, RFC 5469"),
                    rule(
                            "_3DES_",
                            "3DES has a strength of 112 bits",
                            "RFC 9325 §4.1: SHOULD NOT below 128 bits"),
                    rule(
                            "_3DES_|_DES_|_DES40_|_RC2_|_IDEA_|_MAGMA_|_28147_",
                            "its blocks of 64 bits repeat after some 32 GB of one connection"
                                    + " (Sweet32)",
                            "CVE-2016-2183"),
                    rule(
                            "^TLS_RSA_(WITH|EXPORT|PSK)_",
                            "static RSA: the client sends the secret encrypted to the server's key, so"
                                    + " whoever gets that key later reads all that was recorded; and it"
                                    + " is open to Bleichenbacher's attack (ROBOT)",
                            "RFC 9325 §4.1: SHOULD NOT"),
                    rule(
                            "^TLS_DH_(RSA|DSS)_",
                            "static Diffie-Hellman: no forward secrecy",
                            "RFC 9325 §4.1: SHOULD NOT"),
                    rule(
                            "^TLS_ECDH_(RSA|ECDSA)_",
                            "static elliptic-curve Diffie-Hellman: no forward secrecy, and open to"
                                    + " invalid-curve attacks",
                            "RFC 9325 §4.1: SHOULD NOT"),
                    rule(
                            "^TLS_(DHE|DH_anon|PSK_DHE)_",
                            "finite-field Diffie-Hellman: fragile in TLS 1.2 (Raccoon), its groups are"
                                    + " not negotiated",
                            "RFC 9325 §4.1: SHOULD NOT"),
                    rule(
                            "^TLS_(PSK_WITH|GOSTR341112_256_WITH_.*_(OMAC|IMIT)$)",
                            "no forward secrecy",
                            "RFC 9325 §4.1: MUST prefer suites with it"),
                    rule(
                            "_CBC_",
                            "CBC with an HMAC apart: open to padding oracles (Lucky 13) unless"
                                    + " encrypt-then-MAC is agreed on, which the engines don't have",
                            "RFC 9325 §4.2: SHOULD NOT"),
                    rule(
                            "_MD5$",
                            "records are guarded with MD5",
                            "RFC 6151 §2.3: not for new uses"),
                    rule(
                            "_DSS_",
                            "no authority issues DSA certificates, and TLS 1.3 has none",
                            "RFC 8446 §1.2"),
                    rule(
                            "PSK|_SRP_|_ECCPWD_|_KRB5_",
                            "mail programs know a server by its certificate, not by a secret agreed on"
                                    + " before",
                            "RFC 7817"),
                    rule(
                            "_CCM_8",
                            "a tag of 8 octets is easier to forge than one of 16",
                            "IANA does not recommend it"),
                    rule(
                            "_(CCM|ARIA|CAMELLIA|SEED|IDEA|SM4|AEGIS|ASCON\\w*|KUZNYECHIK|MAGMA|28147)(_|$)",
                            "neither BoringSSL nor the JDK has it",
                            "what the engines offer"));

    private static SuiteRule rule(String names, String words, String source) {
        return new SuiteRule(Pattern.compile(names), words, source);
    }

    boolean applies(String name) {
        return names.matcher(name).find();
    }
}
