package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a key and its chain can serve the clients of a TLS server.
 *
 * @param refusals why no client could be served with it, in sentences; empty when one can
 * @param warnings what some client may stumble over, in sentences
 */
public record Suitability(List<String> refusals, List<String> warnings) {
    /** RFC 9325 §4.5: 2048 bits at least, and neither MD5 nor SHA-1. */
    private static final int LEAST_RSA_BITS = 2048;

    private static final Set<Integer> CURVES = Set.of(256, 384, 521);
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    public Suitability {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /**
     * Judges a key and its chain.
     *
     * @param known authorities that are known beside the well-known ones, such as a local one
     */
    public static Suitability of(KeyAndChain keys, List<X509Certificate> known, Instant now) {
        var refusals = new ArrayList<String>();
        unfitKey(keys.certificate().getPublicKey())
                .or(() -> mismatch(keys))
                .ifPresent(refusals::add);
        for (X509Certificate each : keys.chain()) weakSignature(each).ifPresent(refusals::add);
        var warnings = new ArrayList<String>();
        unfitNames(keys.certificate()).ifPresent(warnings::add);
        unfitTime(keys.certificate(), now).ifPresent(warnings::add);
        unfitPurpose(keys.certificate()).ifPresent(warnings::add);
        gap(keys.chain()).or(() -> incomplete(keys.chain(), known)).ifPresent(warnings::add);
        return new Suitability(refusals, warnings);
    }

    static Optional<String> unfitKey(PublicKey key) {
        return switch (key) {
            case ECKey ec when CURVES.contains(fieldSize(ec)) -> Optional.empty();
            case ECKey ec -> Optional.of("the curve of its key is none of P-256, P-384, P-521");
            case RSAKey rsa when "RSASSA-PSS".equals(key.getAlgorithm()) ->
                    Optional.of(
                            "its key is bound to RSASSA-PSS, which few mail programs accept; a plain"
                                    + " RSA key signs with PSS too");
            case RSAKey rsa when rsa.getModulus().bitLength() < LEAST_RSA_BITS ->
                    Optional.of(
                            "its RSA key has only "
                                    + rsa.getModulus().bitLength()
                                    + " bits, and clients want 2048 at least (RFC 9325 §4.5)");
            case RSAKey rsa -> Optional.empty();
            default ->
                    Optional.of(
                            "its key is of the kind "
                                    + key.getAlgorithm()
                                    + ", which few mail programs accept and the TLS engine does not"
                                    + " offer; make an EC P-256 key, or RSA for old clients");
        };
    }

    private static int fieldSize(ECKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    private static Optional<String> mismatch(KeyAndChain keys) {
        return belongs(keys.key(), keys.certificate().getPublicKey())
                ? Optional.empty()
                : Optional.of("the key does not belong to the certificate");
    }

    /** Asks the keys themselves: what the one signs, the other must verify. */
    private static boolean belongs(PrivateKey key, PublicKey shown) {
        if (!key.getAlgorithm().equals(shown.getAlgorithm())) return false;
        try {
            byte[] word = {'w', 'o', 'r', 'd'};
            var signature =
                    Signature.getInstance(
                            key instanceof ECKey ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(word);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(word);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of two sizes or curves
        }
    }

    static Optional<String> weakSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        // Nobody looks at the signature of a root on itself: it is trusted or not.
        boolean weak = algorithm.startsWith("MD") || algorithm.startsWith("SHA1");
        if (!weak || Chains.selfSigned(certificate)) return Optional.empty();
        return Optional.of(
                "the certificate of "
                        + certificate.getSubjectX500Principal()
                        + " is signed with "
                        + certificate.getSigAlgName()
                        + ", which clients refuse (RFC 9325 §4.5)");
    }

    static Optional<String> unfitNames(X509Certificate certificate) {
        if (!Names.of(certificate).isEmpty()) return Optional.empty();
        return Optional.of(
                "the certificate of "
                        + certificate.getSubjectX500Principal()
                        + " has no subjectAltName; clients ignore the common name, so ask for one"
                        + " with the server's names there (RFC 9525 §2)");
    }

    static Optional<String> unfitTime(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) return Optional.of("the certificate is not valid before " + from);
        if (!now.isAfter(to)) return Optional.empty();
        return Optional.of(
                "the certificate expired on "
                        + to
                        + ", "
                        + Duration.between(to, now).toDays()
                        + " days ago: clients refuse it");
    }

    static Optional<String> unfitPurpose(X509Certificate certificate) {
        try {
            // RFC 5280 §4.2.1.12: without the extension, for every purpose.
            var purposes = certificate.getExtendedKeyUsage();
            if (purposes != null
                    && !purposes.contains(SERVER_AUTH)
                    && !purposes.contains(ANY_PURPOSE)) {
                return Optional.of(
                        "the certificate is not made for servers (its extended key usage lacks"
                                + " serverAuth)");
            }
        } catch (CertificateParsingException e) {
            return Optional.of("the extended key usage of the certificate cannot be read");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || usage[0]) return Optional.empty();
        return Optional.of("the key usage of the certificate lacks digitalSignature");
    }

    private static Optional<String> gap(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (Chains.signed(chain.get(i - 1), chain.get(i))) continue;
            return Optional.of(
                    "certificate "
                            + (i + 1)
                            + " of the chain did not issue the one before it: some clients refuse"
                            + " such a chain");
        }
        return Optional.empty();
    }

    /** Where there are intermediates, somebody thought of them; the root need not be sent. */
    private static Optional<String> incomplete(
            List<X509Certificate> chain, List<X509Certificate> known) {
        X509Certificate own = chain.getFirst();
        if (chain.size() > 1 || Roots.issuer(own, known).isPresent()) return Optional.empty();
        return Optional.of(
                "the server's certificate stands alone, issued by "
                        + own.getIssuerX500Principal()
                        + ", which is no well-known root: unless clients trust that one, add its"
                        + " certificate to the file");
    }
}
