package dev.sobre.tls.pki;

import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificateList;

/** A file that has one thing in DER, without PEM's text; its shape tells what it is. */
final class DerFile {
    /** What all of them begin with. */
    static final byte SEQUENCE = 0x30;

    private DerFile() {}

    /** The block that PEM would have for it. */
    static Optional<PemBlock> block(byte[] file) {
        if (file.length == 0 || file[0] != SEQUENCE) return Optional.empty();
        try {
            var all = ASN1Sequence.getInstance(file);
            return label(all).map(label -> PemBlock.of(label, file));
        } catch (RuntimeException e) { // which of them, an ASN.1 parser never says
            return Optional.empty();
        }
    }

    private static Optional<String> label(ASN1Sequence all) {
        if (all.size() < 2) return Optional.empty();
        ASN1Encodable first = all.getObjectAt(0);
        ASN1Encodable second = all.getObjectAt(1);
        if (first instanceof ASN1Integer) {
            return Optional.of(
                    switch (second) {
                        case ASN1Sequence algorithm -> "PRIVATE KEY";
                        case ASN1OctetString key -> "EC PRIVATE KEY";
                        default -> "RSA PRIVATE KEY";
                    });
        }
        if (second instanceof ASN1OctetString) return Optional.of("ENCRYPTED PRIVATE KEY");
        if (fits(all, Certificate::getInstance)) return Optional.of("CERTIFICATE");
        if (fits(all, CertificationRequest::getInstance)) return Optional.of(SigningRequest.LABEL);
        if (fits(all, CertificateList::getInstance)) return Optional.of("X509 CRL");
        return Optional.empty();
    }

    private static boolean fits(ASN1Sequence all, Consumer<Object> shape) {
        try {
            shape.accept(all);
            return true;
        } catch (RuntimeException e) { // which of them, an ASN.1 parser never says
            return false;
        }
    }
}
