package dev.sobre.tls.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and the certificates that vouch for its public half, the holder's own first. */
public record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    public KeyAndChain {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("a chain needs a certificate");
    }

    /** The holder's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
