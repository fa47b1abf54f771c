package dev.sobre.tls.pki;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.util.IPAddress;

/** Names of servers, DNS names or IP addresses, as certificates write them. RFC 5280 §4.2.1.6. */
final class SubjectNames {
    private static final int LONGEST = 253;

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

    /**
     * DNS names and IP addresses that somebody wrote; a name of other letters in its ASCII form.
     */
    static List<String> checked(List<String> names) throws PkiException {
        if (names.isEmpty()) throw new PkiException("a certificate needs a name");
        var checked = new LinkedHashSet<String>();
        for (String name : names) checked.add(checked(name));
        return List.copyOf(checked);
    }

    private static String checked(String name) throws PkiException {
        if (isAddress(name)) return name;
        String prefix = name.startsWith("*.") ? "*." : "";
        try {
            String ascii = IDN.toASCII(name.substring(prefix.length()), IDN.USE_STD3_ASCII_RULES);
            if (!ascii.isEmpty() && ascii.length() + prefix.length() <= LONGEST) {
                return prefix + ascii.toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException e) {
            throw new PkiException(notOne(name), e);
        }
        throw new PkiException(notOne(name));
    }

    private static String notOne(String name) {
        return name + " is neither a DNS name (mail.example.org, *.example.org) nor an IP address";
    }

    /** The DNS names and IP addresses among the extensions of a request. */
    static List<String> texts(Extensions extensions) {
        var names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        if (names == null) return List.of();
        var texts = new ArrayList<String>();
        for (var name : names.getNames()) {
            if (name.getTagNo() == GeneralName.dNSName) texts.add(name.getName().toString());
            if (name.getTagNo() == GeneralName.iPAddress) address(name).ifPresent(texts::add);
        }
        return List.copyOf(texts);
    }

    private static Optional<String> address(GeneralName name) {
        byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        try {
            return Optional.of(InetAddress.getByAddress(octets).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty(); // neither 4 nor 16 octets
        }
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
