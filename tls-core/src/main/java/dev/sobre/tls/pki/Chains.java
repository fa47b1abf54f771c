package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which certificate vouches for which, by name and by signature. RFC 5280 §6.1.3. */
final class Chains {
    /** Deeper than any chain that serves. */
    private static final int DEEPEST = 10;

    private Chains() {}

    /** A certificate, its issuer, that one's issuer and so on, without the root. */
    static List<X509Certificate> from(X509Certificate leaf, List<X509Certificate> any) {
        var chain = new ArrayList<>(List.of(leaf));
        var next = issuer(leaf, any);
        while (next.isPresent() && chain.size() < DEEPEST) {
            if (selfSigned(next.get()) || chain.contains(next.get())) break;
            chain.add(next.get());
            next = issuer(next.get(), any);
        }
        return List.copyOf(chain);
    }

    /** The one among others that signed a certificate. */
    static Optional<X509Certificate> issuer(
            X509Certificate certificate, List<X509Certificate> any) {
        return any.stream().filter(issuer -> signed(certificate, issuer)).findFirst();
    }

    /** Whether a certificate vouches for itself. */
    static boolean selfSigned(X509Certificate certificate) {
        return signed(certificate, certificate);
    }

    /** Whether one certificate was issued by another. */
    static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
