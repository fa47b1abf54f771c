package dev.sobre.tls.pki;

import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** One thing that a file of keys or certificates holds, without its secrets. */
public sealed interface PemItem {
    record Certificate(X509Certificate certificate) implements PemItem {}

    record Request(SigningRequest request) implements PemItem {}

    /**
     * A private key.
     *
     * @param form what the file calls it, such as {@code ENCRYPTED PRIVATE KEY}
     * @param locked whether it needs a passphrase
     * @param half its public half; empty where the passphrase was not given
     */
    record Key(String form, boolean locked, Optional<PublicKey> half) implements PemItem {}

    record RevocationList(X509CRL list) implements PemItem {}

    /** Something else, by its label. */
    record Other(String label) implements PemItem {}
}
