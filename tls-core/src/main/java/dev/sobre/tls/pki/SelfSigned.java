package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** A server certificate that nobody else vouches for: for tests and for a first look. */
public final class SelfSigned {
    private SelfSigned() {}

    /** Makes a P-256 key and a certificate for the names (DNS names or IP addresses). */
    public static KeyAndChain of(List<String> names) {
        try {
            return of(names, Keys.p256());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a self-signed certificate", e);
        }
    }

    /** Makes a certificate for a key pair (EC or RSA) that is there already. */
    public static KeyAndChain of(List<String> names, KeyPair keys) throws GeneralSecurityException {
        X500Name subject = Certificates.commonName(Certificates.first(names));
        var certificate =
                Certificates.server(
                        names, keys.getPublic(), subject, keys.getPublic(), keys.getPrivate());
        return new KeyAndChain(keys.getPrivate(), List.of(certificate));
    }
}
