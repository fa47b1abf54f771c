package dev.sobre.tls.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;

/** The names that a certificate vouches for, and whether one of them is meant. RFC 9525. */
public final class Names {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private Names() {}

    /** The DNS names and IP addresses of a certificate's subjectAltName. */
    public static List<String> of(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) return List.of();
            return all.stream()
                    .filter(n -> n.get(0).equals(DNS) || n.get(0).equals(ADDRESS))
                    .map(n -> String.valueOf(n.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of(); // names that cannot be read vouch for nobody
        }
    }

    /** Whether a certificate vouches for a host, by name or by address. */
    public static boolean match(X509Certificate certificate, String host) {
        return of(certificate).stream().anyMatch(pattern -> matches(pattern, host));
    }

    /** RFC 9525 §6.3: a wildcard stands for one whole label, the leftmost. */
    public static boolean matches(String pattern, String host) {
        String p = plain(pattern);
        String h = plain(host);
        if (SubjectNames.isAddress(h)) {
            return SubjectNames.isAddress(p)
                    && java.net.InetAddress.ofLiteral(p).equals(java.net.InetAddress.ofLiteral(h));
        }
        if (!p.startsWith("*.")) return p.equals(h);
        int dot = h.indexOf('.');
        return dot > 0 && h.substring(dot).equals(p.substring(1));
    }

    static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
