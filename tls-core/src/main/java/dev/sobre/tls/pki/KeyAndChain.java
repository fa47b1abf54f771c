package dev.sobre.tls.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A private key and the certificates that vouch for its public half, the holder's own first. */
public record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    public KeyAndChain {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("a chain needs a certificate");
    }

    /**
     * A key with its certificate found among others, then each one's issuer, as far as there is
     * one; without the root, for who trusts it has it. Empty where none belongs to the key.
     */
    static Optional<KeyAndChain> ordered(PrivateKey key, List<X509Certificate> any)
            throws PkiException {
        var own = Keys.publicOf(key);
        return any.stream()
                .filter(certificate -> certificate.getPublicKey().equals(own))
                .findFirst()
                .map(leaf -> new KeyAndChain(key, Chains.from(leaf, any)));
    }

    /** The holder's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
