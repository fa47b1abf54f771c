package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person wants to know of a certificate.
 *
 * @param names DNS names and IP addresses it vouches for
 * @param key kind and size of the key, such as {@code EC 256}
 * @param daysLeft whole days until it expires; negative when it has
 * @param fingerprint SHA-256 over the certificate, in hexadecimal pairs
 */
public record CertificateFacts(
        String subject,
        String issuer,
        List<String> names,
        String key,
        String signature,
        Instant notBefore,
        Instant notAfter,
        long daysLeft,
        String fingerprint) {

    public static CertificateFacts of(X509Certificate certificate, Instant now) {
        return new CertificateFacts(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                Names.of(certificate),
                key(certificate.getPublicKey()),
                certificate.getSigAlgName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Math.floorDiv(
                        Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds(),
                        86_400L),
                fingerprint(certificate));
    }

    /** The same in words: what, and how it is. */
    public Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        if (!names.isEmpty()) words.put("names", String.join(", ", names));
        words.put("issued by", subject.equals(issuer) ? "itself" : issuer);
        words.put("key", key + ", signed with " + signature);
        words.put(
                "valid",
                LocalDate.ofInstant(notBefore, ZoneOffset.UTC)
                        + " to "
                        + LocalDate.ofInstant(notAfter, ZoneOffset.UTC)
                        + (daysLeft < 0 ? ", expired" : ", " + daysLeft + " days left"));
        words.put("fingerprint", fingerprint);
        return words;
    }

    /** Kind and size of a key, such as {@code EC 256}. */
    public static String key(PublicKey key) {
        return switch (key) {
            case ECKey ec -> "EC " + ec.getParams().getCurve().getField().getFieldSize();
            case EdECKey ed -> ed.getParams().getName();
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
            default -> key.getAlgorithm();
        };
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no fingerprint", e);
        }
    }
}
