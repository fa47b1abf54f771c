package dev.sobre.tls.pki;

import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** The subjectAltName of a server: DNS names and IP addresses. RFC 5280 §4.2.1.6. */
final class SubjectNames {
    private SubjectNames() {}

    static GeneralNames of(List<String> names) {
        return new GeneralNames(
                names.stream().map(SubjectNames::generalName).toArray(GeneralName[]::new));
    }

    static boolean isAddress(String name) {
        return IPAddress.isValid(name);
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
