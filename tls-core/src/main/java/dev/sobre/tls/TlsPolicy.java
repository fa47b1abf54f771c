package dev.sobre.tls;

import java.util.List;

/**
 * What a listener accepts, each list in order of preference.
 *
 * @param versions protocol versions, such as {@code TLSv1.3}
 * @param suites cipher suites by their IANA names
 * @param groups key exchange groups
 */
public record TlsPolicy(List<String> versions, List<String> suites, List<String> groups) {

    public TlsPolicy {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
    }

    /** RFC 9325 §4.2: TLS 1.3 and 1.2, forward secrecy and authenticated encryption only. */
    public static TlsPolicy standard() {
        return new TlsPolicy(
                List.of("TLSv1.3", "TLSv1.2"),
                List.of(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                List.of("X25519MLKEM768", "X25519", "P-256", "P-384"));
    }
}
