package dev.sobre.tls;

import java.security.interfaces.ECKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which signatures a key can make, as TLS numbers them. RFC 8446 §4.2.3. */
final class Signatures {
    private static final int ECDSA_P256 = 0x0403;
    private static final int ECDSA_P384 = 0x0503;
    private static final int ECDSA_P521 = 0x0603;
    private static final Set<Integer> RSA = Set.of(0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601);

    private Signatures() {}

    /** Whether a client that names these schemes can check what the identity signs. */
    static boolean usable(Identity identity, List<Integer> schemes) {
        if (schemes.isEmpty()) return true; // it names none: TLS 1.2 leaves the choice to us
        return schemes.stream().anyMatch(of(identity)::contains);
    }

    /** The curve of an EC key, as TLS names it; nothing for RSA. */
    static Optional<String> curve(Identity identity) {
        return identity.keys().key() instanceof ECKey ec
                ? Optional.of("P-" + ec.getParams().getCurve().getField().getFieldSize())
                : Optional.empty();
    }

    private static Set<Integer> of(Identity identity) {
        if (identity.keys().key() instanceof ECKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            // TLS 1.3 ties the hash to the curve; clients of 1.2 name all three together.
            return bits == 256
                    ? Set.of(ECDSA_P256)
                    : bits == 384 ? Set.of(ECDSA_P384) : Set.of(ECDSA_P521);
        }
        return RSA;
    }
}
