package dev.sobre.tls;

import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SelfSigned;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Who a server is: a private key and the certificate chain that it shows. */
public final class Identity {
    private final KeyAndChain keys;

    private Identity(KeyAndChain keys) {
        this.keys = keys;
    }

    /** An identity of a key and its chain. */
    public static Identity of(KeyAndChain keys) {
        return new Identity(keys);
    }

    /** A new key with a certificate that nobody else vouches for; names or IP addresses. */
    public static Identity selfSigned(String... names) {
        return new Identity(SelfSigned.of(List.of(names)));
    }

    /** Reads a PEM chain, in any order, and its PEM key, which needs no passphrase. */
    public static Identity load(Path chain, Path key) throws PkiException {
        return load(chain, key, Optional.empty());
    }

    /** Reads a PEM chain, in any order, and its PEM key, which may need a passphrase. */
    public static Identity load(Path chain, Path key, Optional<Passphrase> passphrase)
            throws PkiException {
        return new Identity(PemFiles.read(chain, key, passphrase));
    }

    /** The certificate that a client checks. */
    public X509Certificate certificate() {
        return keys.certificate();
    }

    /** The certificates as sent, own first. */
    public List<X509Certificate> chain() {
        return keys.chain();
    }

    KeyAndChain keys() {
        return keys;
    }
}
