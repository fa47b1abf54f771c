package dev.sobre.tls.pki;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Distinguished names: of whom a certificate is, and by whom. RFC 4514. */
final class Subjects {
    /** RFC 5280 appendix A.1: a common name has 64 characters at most; what counts is the SAN. */
    private static final int LONGEST = 64;

    private Subjects() {}

    /** What a person wrote, such as {@code CN=mail.example.org,O=Example,C=DE}. */
    static X500Name of(String text) throws PkiException {
        try {
            return X500Name.getInstance(new X500Principal(text).getEncoded());
        } catch (IllegalArgumentException e) {
            throw new PkiException(
                    "the subject "
                            + text
                            + " is not one; write it as CN=mail.example.org,O=Example,C=DE",
                    e);
        }
    }

    /** What a person wrote, or else the first name as common name. */
    static X500Name of(Optional<String> text, List<String> names) throws PkiException {
        return text.isPresent() ? of(text.get()) : commonName(Certificates.first(names));
    }

    static X500Name commonName(String name) {
        String shown = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, shown).build();
    }

    static String text(X500Name name) throws PkiException {
        try {
            return new X500Principal(name.getEncoded()).getName();
        } catch (IOException | IllegalArgumentException e) {
            throw new PkiException("holds a damaged subject", e);
        }
    }
}
