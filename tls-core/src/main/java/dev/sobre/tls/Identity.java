package dev.sobre.tls;

import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SelfSigned;
import dev.sobre.tls.pki.Staple;
import dev.sobre.tls.pki.Suitability;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a server is: a private key and the certificate chain that it shows. Two identities are equal
 * when they show the same chain; what they staple to it is not part of who they are.
 */
public final class Identity {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    private final KeyAndChain keys;
    private final String fingerprint;
    private final Optional<Staple> staple;

    private Identity(KeyAndChain keys, String fingerprint, Optional<Staple> staple) {
        this.keys = keys;
        this.fingerprint = fingerprint;
        this.staple = staple;
    }

    /**
     * An identity of a key and its chain.
     *
     * @throws IllegalArgumentException where no client could be served with it, such as a key that
     *     belongs to another certificate
     */
    public static Identity of(KeyAndChain keys) {
        var judged = Suitability.of(keys, List.of(), Instant.now());
        if (!judged.refusals().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", judged.refusals()));
        }
        return new Identity(keys, fingerprint(keys.chain()), Optional.empty());
    }

    /** A new key with a certificate that nobody else vouches for; names or IP addresses. */
    public static Identity selfSigned(String... names) {
        return of(SelfSigned.of(List.of(names)));
    }

    /** Reads a PEM chain, in any order, and its PEM key, which needs no passphrase. */
    public static Identity load(Path chain, Path key) throws PkiException {
        return load(chain, key, Optional.empty());
    }

    /**
     * Reads a PEM chain, in any order, and its PEM key, which may need a passphrase; logs what is
     * odd of them.
     *
     * @throws PkiException also where no client could be served with what was read
     */
    public static Identity load(Path chain, Path key, Optional<Passphrase> passphrase)
            throws PkiException {
        var keys = PemFiles.read(chain, key, passphrase);
        // The file may hold more than is sent, such as the root.
        var judged = Suitability.of(keys, PemFiles.certificates(chain), Instant.now());
        if (!judged.refusals().isEmpty()) {
            throw new PkiException(chain + ": " + String.join("; ", judged.refusals()));
        }
        for (String warning : judged.warnings()) LOG.warn("{}: {}", chain, warning);
        return new Identity(keys, fingerprint(keys.chain()), Optional.empty());
    }

    /** The certificate that a client checks. */
    public X509Certificate certificate() {
        return keys.certificate();
    }

    /** The certificates as sent, own first. */
    public List<X509Certificate> chain() {
        return keys.chain();
    }

    /** The certificate authority's word that the certificate is not revoked, if there is one. */
    public Optional<Staple> staple() {
        return staple;
    }

    /** The same identity with another word, or none, of its authority. */
    public Identity withStaple(Optional<Staple> other) {
        return new Identity(keys, fingerprint, other);
    }

    KeyAndChain keys() {
        return keys;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity identity && identity.fingerprint.equals(fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + ", SHA-256 " + fingerprint;
    }

    /** Over the whole chain: it is what clients see, and the key belongs to it. */
    private static String fingerprint(List<X509Certificate> chain) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (X509Certificate each : chain) digest.update(each.getEncoded());
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no fingerprint", e);
        }
    }
}
