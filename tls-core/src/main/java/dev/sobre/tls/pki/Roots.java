package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that the JDK trusts, which are those of browsers. */
final class Roots {
    private Roots() {}

    /** Who issued a certificate: itself, one of these, or a well-known root. */
    static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> known) {
        if (Chains.selfSigned(of)) return Optional.of(of);
        return Chains.issuer(of, known).or(() -> Chains.issuer(of, WellKnown.ALL));
    }

    /** Whether clients know an authority: it is one of these, or well-known. */
    static boolean known(X509Certificate authority, List<X509Certificate> known) {
        return known.contains(authority) || WellKnown.ALL.contains(authority);
    }

    /** Read when first asked for, as reading them takes a while. */
    private static final class WellKnown {
        static final List<X509Certificate> ALL = read();

        private static List<X509Certificate> read() {
            try {
                var factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                return Stream.of(factory.getTrustManagers())
                        .filter(X509TrustManager.class::isInstance)
                        .flatMap(m -> Arrays.stream(((X509TrustManager) m).getAcceptedIssuers()))
                        .toList();
            } catch (GeneralSecurityException e) {
                return List.of();
            }
        }
    }
}
