package dev.sobre.app.cert;

import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days as people write them. */
final class Dates {

    private Dates() {}

    /** The last day of a certificate. */
    static LocalDate end(X509Certificate certificate) {
        return LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZoneOffset.UTC);
    }
}
