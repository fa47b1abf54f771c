package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/** A server certificate that nobody else vouches for: for tests and for a first look. */
public final class SelfSigned {
    private SelfSigned() {}

    /** Makes a P-256 key and a certificate for the names (DNS names or IP addresses). */
    public static KeyAndChain of(List<String> names) {
        try {
            return of(names, KeyKind.P256.pair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a self-signed certificate", e);
        }
    }

    /** Makes a certificate for a key pair (EC or RSA) that is there already. */
    public static KeyAndChain of(List<String> names, KeyPair keys) throws GeneralSecurityException {
        return of(
                Subjects.commonName(Certificates.first(names)),
                names,
                keys,
                Certificates.SERVER_LIFE);
    }

    /**
     * Makes a certificate for a key that is there already.
     *
     * @param subject as {@link SigningRequest#of} has it
     */
    public static KeyAndChain of(
            List<String> names, PrivateKey key, Optional<String> subject, Duration life)
            throws PkiException {
        var checked = SubjectNames.checked(names);
        try {
            return of(
                    Subjects.of(subject, checked),
                    checked,
                    new KeyPair(Keys.publicOf(key), key),
                    life);
        } catch (GeneralSecurityException e) {
            throw new PkiException("cannot make a self-signed certificate: " + e.getMessage(), e);
        }
    }

    private static KeyAndChain of(X500Name subject, List<String> names, KeyPair keys, Duration life)
            throws GeneralSecurityException {
        var certificate =
                Certificates.server(
                        new Certificates.Leaf(subject, names, keys.getPublic(), life),
                        new Certificates.Issuer(subject, keys.getPublic(), keys.getPrivate()));
        return new KeyAndChain(keys.getPrivate(), List.of(certificate));
    }
}
