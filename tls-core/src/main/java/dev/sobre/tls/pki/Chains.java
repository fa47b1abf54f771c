package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;

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

    /**
     * What clients that follow RFC 5280 §6 would say to a chain whose last certificate they trust.
     * That one lies on the path too, so that its name constraints count.
     */
    static Optional<String> problem(List<X509Certificate> chain, Instant when) {
        X509Certificate last = chain.getLast();
        try {
            var anchor = new TrustAnchor(last.getSubjectX500Principal(), last.getPublicKey(), null);
            var parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(when));
            var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** RFC 5280 §4.2.2.1: where the certificate says that its issuer's can be had. */
    static Optional<String> whereIssuerIs(X509Certificate certificate) {
        byte[] value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (value == null) return Optional.empty();
        try {
            var all = ASN1OctetString.getInstance(value).getOctets();
            for (var each : AuthorityInformationAccess.getInstance(all).getAccessDescriptions()) {
                if (!each.getAccessMethod().equals(AccessDescription.id_ad_caIssuers)) continue;
                return Optional.of(each.getAccessLocation().getName().toString());
            }
            return Optional.empty();
        } catch (RuntimeException e) { // which of them, an ASN.1 parser never says
            return Optional.empty();
        }
    }
}
