package dev.sobre.tls;

import java.util.List;

/**
 * What a listener accepts, each list in order of preference.
 *
 * @param versions protocol versions: {@code TLSv1.3}, {@code TLSv1.2}
 * @param suites cipher suites by their IANA names
 * @param groups key exchange groups
 */
public record TlsPolicy(List<String> versions, List<String> suites, List<String> groups) {
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    // TLS 1.2 with a P-256 certificate needs P-256 among the groups.
    private static final List<String> GROUPS =
            List.of("X25519MLKEM768", "X25519", "P-256", "P-384");

    public TlsPolicy {
        versions = checked("version", versions, VERSIONS);
        suites = checked("cipher suite", suites, SUITES);
        groups = checked("group", groups, GROUPS);
    }

    /** RFC 9325 §4.2: TLS 1.3 and 1.2, forward secrecy and authenticated encryption only. */
    public static TlsPolicy standard() {
        return new TlsPolicy(VERSIONS, SUITES, GROUPS);
    }

    private static List<String> checked(String what, List<String> given, List<String> allowed) {
        for (String one : given) {
            if (!allowed.contains(one)) {
                throw new IllegalArgumentException(
                        one + " is no " + what + " that may be used; these are: " + allowed);
            }
        }
        if (given.isEmpty()) throw new IllegalArgumentException("a policy needs a " + what);
        return List.copyOf(given);
    }
}
