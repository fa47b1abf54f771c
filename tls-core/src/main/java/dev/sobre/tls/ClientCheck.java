package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.MailNames;
import dev.sobre.tls.pki.RevocationLists.Standing;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The check of one client's chain. RFC 5280 §6; the path itself is validated by the JDK.
 *
 * <p>It runs on an event loop and touches neither network nor files. The work is bounded: the path
 * is found without going back, so a chain of look-alikes costs no more than an honest one.
 */
record ClientCheck(ClientTrust trust, Instant now) {

    /** As many as JSSE takes. */
    private static final int MOST_SENT = 10;

    private static final int DIGITAL_SIGNATURE = 0;
    private static final Set<String> FOR_CLIENTS =
            Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0"); // clientAuth, anyExtendedKeyUsage

    /** From the client's own to the last before the authority; then the authority. */
    private record Found(List<X509Certificate> path, X509Certificate authority) {

        /**
         * A self-signed authority is validated with the path, because the JDK would overlook what
         * the certificate of an anchor says of names and lengths.
         */
        List<X509Certificate> whole() {
            if (!ClientAuthorities.selfSigned(authority)) return path;
            return Stream.concat(path.stream(), Stream.of(authority)).toList();
        }

        TrustAnchor anchor() {
            return new TrustAnchor(
                    authority.getSubjectX500Principal(), authority.getPublicKey(), null);
        }
    }

    /** The verified path, the client's own certificate first, without the authority. */
    List<X509Certificate> path(X509Certificate[] sent) throws ClientRefused {
        if (sent.length == 0 || sent.length > MOST_SENT) {
            throw ClientRefused.because(
                    Code.CLIENT_CERTIFICATE_INVALID,
                    "the client sent " + sent.length + " certificates",
                    "send its own and those of intermediate authorities alone");
        }
        Found found = find(List.of(sent));
        validate(found);
        purpose(found.path);
        constraints(found);
        revocation(found);
        return found.path;
    }

    private Found find(List<X509Certificate> sent) throws ClientRefused {
        var path = new ArrayList<>(List.of(sent.getFirst()));
        while (true) {
            X509Certificate last = path.getLast();
            Optional<X509Certificate> authority = issuer(last, trust.authorities().now());
            if (authority.isPresent()) return found(path, authority.get());
            var others = sent.stream().filter(each -> !path.contains(each)).toList();
            X509Certificate next = issuer(last, others).orElseThrow(() -> untrusted(sent, last));
            if (path.size() > trust.depth()) {
                throw ClientRefused.of(
                        Code.CLIENT_CERTIFICATE_UNTRUSTED,
                        sent.getFirst(),
                        "has more than " + trust.depth() + " intermediate authorities above it",
                        "allow a greater depth, or trust an authority that is nearer");
            }
            path.add(next);
        }
    }

    private static Found found(List<X509Certificate> path, X509Certificate authority)
            throws ClientRefused {
        // RFC 5280 §4.2.1.9: how many intermediates the authority itself allows.
        if (path.size() - 1 > authority.getBasicConstraints()) {
            throw ClientRefused.of(
                    Code.CLIENT_CERTIFICATE_INVALID,
                    path.getFirst(),
                    "has more authorities above it than the topmost allows (pathLenConstraint)",
                    "have its authority issue it anew");
        }
        return new Found(List.copyOf(path), authority);
    }

    /** By name and signature, so that an authority that has changed its key is told apart. */
    private static Optional<X509Certificate> issuer(
            X509Certificate of, List<X509Certificate> among) {
        return among.stream()
                .filter(a -> a.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                .filter(a -> signed(a, of))
                .findFirst();
    }

    private static boolean signed(X509Certificate by, X509Certificate which) {
        try {
            which.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ClientRefused untrusted(List<X509Certificate> sent, X509Certificate last) {
        return ClientRefused.of(
                Code.CLIENT_CERTIFICATE_UNTRUSTED,
                sent.getFirst(),
                "leads to no authority that is trusted here; the last step is "
                        + ClientRefused.printable(last.getIssuerX500Principal().getName()),
                "use a certificate of a trusted authority; have the client send the intermediate"
                        + " ones too");
    }

    private void validate(Found found) throws ClientRefused {
        if (now.isAfter(found.authority.getNotAfter().toInstant())) {
            throw ClientRefused.because(
                    Code.CLIENT_CERTIFICATE_EXPIRED,
                    "the authority that issued the client's certificate expired on "
                            + day(found.authority.getNotAfter()),
                    "trust its successor, and have clients' certificates issued by that");
        }
        try {
            var parameters = new PKIXParameters(Set.of(found.anchor()));
            parameters.setRevocationEnabled(false); // ours is below, from files alone
            parameters.setDate(Date.from(now));
            var path = CertificateFactory.getInstance("X.509").generateCertPath(found.whole());
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
        } catch (CertPathValidatorException e) {
            X509Certificate at = found.whole().get(Math.max(0, e.getIndex()));
            throw refused(e, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot check certificates", e);
        }
    }

    private static ClientRefused refused(CertPathValidatorException e, X509Certificate at) {
        return switch (e.getReason()) {
            case BasicReason.EXPIRED ->
                    ClientRefused.of(
                            Code.CLIENT_CERTIFICATE_EXPIRED,
                            at,
                            "expired on " + day(at.getNotAfter()),
                            "renew it");
            case BasicReason.NOT_YET_VALID ->
                    ClientRefused.of(
                            Code.CLIENT_CERTIFICATE_NOT_YET_VALID,
                            at,
                            "is not valid before " + day(at.getNotBefore()),
                            "check this machine's clock and the authority's");
            case BasicReason.ALGORITHM_CONSTRAINED ->
                    unusable(at, "has a key or a signature that is too weak");
            case PKIXReason.INVALID_KEY_USAGE, PKIXReason.UNRECOGNIZED_CRIT_EXT ->
                    unusable(at, "may not be used so: " + e.getMessage());
            default ->
                    ClientRefused.of(
                            Code.CLIENT_CERTIFICATE_INVALID,
                            at,
                            "does not hold: "
                                    + ClientRefused.printable(String.valueOf(e.getMessage())),
                            "have its authority issue it anew");
        };
    }

    /** RFC 5280 §4.2.1.3, §4.2.1.12: what a certificate is for, where it says so. */
    private static void purpose(List<X509Certificate> path) throws ClientRefused {
        X509Certificate own = path.getFirst();
        boolean[] usage = own.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw unusable(own, "has a key that may not sign (keyUsage)");
        }
        for (X509Certificate each : path) {
            try {
                List<String> purposes = each.getExtendedKeyUsage();
                if (purposes != null && purposes.stream().noneMatch(FOR_CLIENTS::contains)) {
                    throw unusable(each, "is not for TLS clients (extendedKeyUsage)");
                }
            } catch (java.security.cert.CertificateParsingException e) {
                throw unusable(each, "has an extendedKeyUsage that cannot be read");
            }
        }
    }

    /**
     * RFC 9598 §6: constraints on mail addresses bind international ones too, which the JDK does
     * not know of; so the two together do not hold here.
     */
    private static void constraints(Found found) throws ClientRefused {
        boolean constrained = found.whole().stream().anyMatch(ClientAuthorities::constrained);
        if (constrained && MailNames.international(found.path.getFirst())) {
            throw unusable(
                    found.path.getFirst(),
                    "has an international mail address (SmtpUTF8Mailbox) below an authority with"
                            + " nameConstraints");
        }
    }

    private void revocation(Found found) throws ClientRefused {
        if (trust.revoked().isEmpty()) return;
        for (int i = 0; i < found.path.size(); i++) {
            X509Certificate each = found.path.get(i);
            boolean last = i == found.path.size() - 1;
            X509Certificate issuer = last ? found.authority : found.path.get(i + 1);
            switch (trust.revoked().standing(each, issuer, now)) {
                case Standing.Good good -> {}
                case Standing.Revoked revoked ->
                        throw ClientRefused.of(
                                Code.CLIENT_CERTIFICATE_REVOKED,
                                each,
                                "was revoked on " + day(Date.from(revoked.on())),
                                "have a new one issued");
                case Standing.Unknown unknown ->
                        throw ClientRefused.of(
                                Code.CLIENT_REVOCATION_UNKNOWN,
                                each,
                                "may be revoked: " + unknown.why(),
                                "put the authority's current list into place");
            }
        }
    }

    private static ClientRefused unusable(X509Certificate which, String fault) {
        return ClientRefused.of(
                Code.CLIENT_CERTIFICATE_UNUSABLE,
                which,
                fault,
                "have one issued for TLS clients (clientAuth, a key that may sign)");
    }

    private static LocalDate day(Date time) {
        return LocalDate.ofInstant(time.toInstant(), ZoneOffset.UTC);
    }
}
