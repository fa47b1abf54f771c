package dev.sobre.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a listener accepts, each list in order of preference. There are three by name; each list can
 * be given explicitly, out of what {@link #compatible} has.
 *
 * @param versions protocol versions: {@code TLSv1.3}, {@code TLSv1.2}
 * @param suites cipher suites by their IANA names
 * @param groups key exchange groups
 * @param signatures what a server may sign a handshake with, by the names of RFC 8446 §4.2.3
 */
public record TlsPolicy(
        List<String> versions, List<String> suites, List<String> groups, List<String> signatures) {
    static final String THREE = "TLSv1.3";
    static final String TWO = "TLSv1.2";
    private static final List<String> VERSIONS = List.of(THREE, TWO);

    static final List<String> SUITES_OF_THREE =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    // RFC 9325 §4.2 names those with AES; ChaCha20 is for those without AES in hardware.
    private static final List<String> SUITES_OF_TWO =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final List<String> GROUPS =
            List.of("X25519MLKEM768", "X25519", "P-256", "P-384");
    private static final List<String> SIGNATURES =
            List.of(
                    "ecdsa_secp256r1_sha256",
                    "ecdsa_secp384r1_sha384",
                    "rsa_pss_rsae_sha256",
                    "rsa_pss_rsae_sha384",
                    "rsa_pss_rsae_sha512");

    private static final List<String> EVERY_SUITE = join(SUITES_OF_THREE, SUITES_OF_TWO);
    private static final List<String> EVERY_GROUP = join(GROUPS, List.of("P-521"));
    // PKCS #1 v1.5 signs in TLS 1.2 only (RFC 8446 §4.2.3).
    private static final List<String> EVERY_SIGNATURE =
            join(
                    SIGNATURES,
                    List.of(
                            "ecdsa_secp521r1_sha512",
                            "rsa_pkcs1_sha256",
                            "rsa_pkcs1_sha384",
                            "rsa_pkcs1_sha512"));

    private static final Map<String, Supplier<TlsPolicy>> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put("modern", TlsPolicy::modern);
        NAMED.put("standard", TlsPolicy::standard);
        NAMED.put("compatible", TlsPolicy::compatible);
    }

    /**
     * Checks the lists.
     *
     * @throws IllegalArgumentException for what may not be used, naming what may
     */
    public TlsPolicy {
        versions = checked("version", versions, VERSIONS);
        suites = checked("cipher suite", suites, EVERY_SUITE);
        groups = checked("group", groups, EVERY_GROUP);
        signatures = checked("signature scheme", signatures, EVERY_SIGNATURE);
        for (String version : VERSIONS) {
            boolean on = versions.contains(version);
            var own = suites.stream().filter(suite -> versionOf(suite).equals(version)).toList();
            if (on && own.isEmpty()) {
                throw new IllegalArgumentException(
                        version
                                + " is on and has no cipher suite; these are: "
                                + suitesOf(version));
            }
            if (!on && !own.isEmpty()) {
                throw new IllegalArgumentException(
                        own.getFirst() + " belongs to " + version + ", which is not on");
            }
        }
    }

    /** TLS 1.3 alone. */
    public static TlsPolicy modern() {
        return new TlsPolicy(List.of(THREE), SUITES_OF_THREE, GROUPS, SIGNATURES);
    }

    /**
     * RFC 9325: TLS 1.3 and 1.2, forward secrecy and authenticated encryption only. With an RSA key
     * it signs RSA-PSS, which clients know since 2018.
     */
    public static TlsPolicy standard() {
        return new TlsPolicy(VERSIONS, EVERY_SUITE, GROUPS, SIGNATURES);
    }

    /** All that may be used: also PKCS #1 v1.5 signatures of RSA keys in TLS 1.2, and P-521. */
    public static TlsPolicy compatible() {
        return new TlsPolicy(VERSIONS, EVERY_SUITE, EVERY_GROUP, EVERY_SIGNATURE);
    }

    /** The names of the policies that have one. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /** A policy by its name. */
    public static Optional<TlsPolicy> named(String name) {
        return Optional.ofNullable(NAMED.get(name)).map(Supplier::get);
    }

    /** Other versions, with those of the suites that belong to them. */
    public TlsPolicy withVersions(String... others) {
        var kept = List.of(others);
        return new TlsPolicy(
                kept,
                suites.stream().filter(suite -> kept.contains(versionOf(suite))).toList(),
                groups,
                signatures);
    }

    public TlsPolicy withSuites(String... others) {
        return new TlsPolicy(versions, List.of(others), groups, signatures);
    }

    public TlsPolicy withGroups(String... others) {
        return new TlsPolicy(versions, suites, List.of(others), signatures);
    }

    public TlsPolicy withSignatures(String... others) {
        return new TlsPolicy(versions, suites, groups, List.of(others));
    }

    /** What keeps an engine from serving this, and what to do about it. */
    public Optional<String> objection(Engine engine) {
        return PolicyCheck.objection(this, engine);
    }

    /** The version that an allowed suite belongs to. */
    static String versionOf(String suite) {
        return SUITES_OF_THREE.contains(suite) ? THREE : TWO;
    }

    private static List<String> suitesOf(String version) {
        return version.equals(THREE) ? SUITES_OF_THREE : SUITES_OF_TWO;
    }

    private static List<String> checked(String what, List<String> given, List<String> allowed) {
        for (String one : given) {
            if (!allowed.contains(one)) {
                throw new IllegalArgumentException(
                        one + " is no " + what + " that may be used; these are: " + allowed);
            }
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException(
                    "a policy needs a " + what + "; these are: " + allowed);
        }
        return List.copyOf(given);
    }

    private static List<String> join(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return List.copyOf(all);
    }
}
