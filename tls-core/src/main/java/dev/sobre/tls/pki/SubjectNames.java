package dev.sobre.tls.pki;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.util.IPAddress;

/** Names of servers, DNS names or IP addresses, as certificates write them. RFC 5280 §4.2.1.6. */
final class SubjectNames {
    private SubjectNames() {}

    static GeneralNames of(List<String> names) {
        return new GeneralNames(
                names.stream().map(SubjectNames::generalName).toArray(GeneralName[]::new));
    }

    /**
     * Lets an authority vouch for these names alone (and for what lies below a DNS name). RFC 5280
     * §4.2.1.10: a form that is not named at all is free, so addresses are shut out where none is.
     */
    static NameConstraints only(List<String> names) {
        var permitted = new ArrayList<GeneralSubtree>();
        boolean address = false;
        for (String name : names) {
            address |= isAddress(name);
            permitted.add(new GeneralSubtree(subtree(name)));
        }
        GeneralSubtree[] excluded =
                address
                        ? new GeneralSubtree[0]
                        : new GeneralSubtree[] {everyAddress(4), everyAddress(16)};
        return new NameConstraints(
                permitted.toArray(GeneralSubtree[]::new), excluded.length == 0 ? null : excluded);
    }

    static boolean isAddress(String name) {
        return IPAddress.isValid(name);
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static GeneralName subtree(String name) {
        if (!isAddress(name)) return new GeneralName(GeneralName.dNSName, name);
        // The address and a mask of ones.
        byte[] address = InetAddress.ofLiteral(name).getAddress();
        byte[] withMask = new byte[address.length * 2];
        System.arraycopy(address, 0, withMask, 0, address.length);
        java.util.Arrays.fill(withMask, address.length, withMask.length, (byte) 0xFF);
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(withMask));
    }

    private static GeneralSubtree everyAddress(int length) {
        return new GeneralSubtree(
                new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[length * 2])));
    }
}
