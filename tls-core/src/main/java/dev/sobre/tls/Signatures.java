package dev.sobre.tls;

import java.security.interfaces.ECKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which signatures a key can make, as TLS names and numbers them. RFC 8446 §4.2.3. */
final class Signatures {
    private static final Map<String, Integer> NUMBERS =
            Map.of(
                    "ecdsa_secp256r1_sha256", 0x0403,
                    "ecdsa_secp384r1_sha384", 0x0503,
                    "ecdsa_secp521r1_sha512", 0x0603,
                    "rsa_pss_rsae_sha256", 0x0804,
                    "rsa_pss_rsae_sha384", 0x0805,
                    "rsa_pss_rsae_sha512", 0x0806,
                    "rsa_pkcs1_sha256", 0x0401,
                    "rsa_pkcs1_sha384", 0x0501,
                    "rsa_pkcs1_sha512", 0x0601);

    private Signatures() {}

    /**
     * Whether a client that names these schemes can check what the identity signs under a policy.
     * RFC 9325 §4.5: a client must name them; the old default for one that does not is SHA-1.
     */
    static boolean usable(Identity identity, TlsPolicy policy, List<Integer> schemes) {
        return numbers(identity, policy).stream().anyMatch(schemes::contains);
    }

    /** What an identity signs under a policy, by the policy's preference. */
    static List<String> of(Identity identity, TlsPolicy policy) {
        return policy.signatures().stream().filter(name -> by(identity, name)).toList();
    }

    /** Whether an identity's key can make a signature. */
    static boolean by(Identity identity, String name) {
        return name.startsWith(start(identity));
    }

    static List<Integer> numbers(Identity identity, TlsPolicy policy) {
        return of(identity, policy).stream().map(NUMBERS::get).toList();
    }

    /** The curve of an EC key, as TLS names it; nothing for RSA. */
    static Optional<String> curve(Identity identity) {
        return identity.keys().key() instanceof ECKey ec
                ? Optional.of("P-" + ec.getParams().getCurve().getField().getFieldSize())
                : Optional.empty();
    }

    /** Whether a scheme signs in TLS 1.3, too. */
    static boolean inThree(String name) {
        return !name.startsWith("rsa_pkcs1");
    }

    /** TLS 1.3 ties the hash to the curve; clients of 1.2 name all three together. */
    private static String start(Identity identity) {
        return curve(identity)
                .map(curve -> "ecdsa_secp" + curve.replaceFirst("P-", "") + "r1_")
                .orElse("rsa_");
    }
}
