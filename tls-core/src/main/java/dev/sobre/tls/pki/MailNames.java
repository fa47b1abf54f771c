package dev.sobre.tls.pki;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The names of people in a certificate's subjectAltName. RFC 5280 §4.2.1.6, RFC 9598. */
public final class MailNames {
    /** id-on-SmtpUTF8Mailbox. RFC 9598 §3. */
    private static final ASN1ObjectIdentifier SMTP_UTF8_MAILBOX =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.9");

    private MailNames() {}

    /** Its mail addresses, each once, as written. */
    public static List<String> addresses(X509Certificate certificate) {
        return all(certificate).flatMap(name -> address(name).stream()).distinct().toList();
    }

    /** Whether one of them is international (SmtpUTF8Mailbox). */
    public static boolean international(X509Certificate certificate) {
        return all(certificate)
                .anyMatch(
                        name ->
                                name.getTagNo() == GeneralName.otherName
                                        && address(name).isPresent());
    }

    /** All that a table may name: {@code email:…}, {@code dns:…}, {@code uri:…}. */
    public static List<String> keys(X509Certificate certificate) {
        return all(certificate).flatMap(name -> key(name).stream()).distinct().toList();
    }

    private static Optional<String> address(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.rfc822Name -> text(name);
            case GeneralName.otherName -> {
                var other = OtherName.getInstance(name.getName());
                yield other.getTypeID().equals(SMTP_UTF8_MAILBOX)
                                && other.getValue() instanceof ASN1UTF8String utf8
                        ? Optional.of(utf8.getString())
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> key(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> text(name).map("dns:"::concat);
            case GeneralName.uniformResourceIdentifier -> text(name).map("uri:"::concat);
            default -> address(name).map("email:"::concat);
        };
    }

    private static Optional<String> text(GeneralName name) {
        String text = ASN1IA5String.getInstance(name.getName()).getString();
        return Optional.of(text).filter(t -> !t.isBlank());
    }

    private static Stream<GeneralName> all(X509Certificate certificate) {
        try {
            var extensions = new JcaX509CertificateHolder(certificate).getExtensions();
            if (extensions == null) return Stream.empty();
            var names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            return names == null ? Stream.empty() : Stream.of(names.getNames());
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            return Stream.empty(); // what cannot be read names nobody
        }
    }
}
