package dev.sobre.tls;

import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an identity comes from.
 *
 * @param certificate a PEM file with the server's certificate and its intermediates
 * @param key a PEM file with the private key
 * @param passphrase a file with what the key is locked with
 * @param ocsp a file with the authority's OCSP response (DER or PEM), which is stapled
 * @param authority the directory of the {@link LocalCa} that issued the certificate and renews it
 */
public record IdentityFiles(
        Path certificate,
        Path key,
        Optional<Path> passphrase,
        Optional<Path> ocsp,
        Optional<Path> authority) {

    public static IdentityFiles of(Path certificate, Path key) {
        return new IdentityFiles(
                certificate, key, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public IdentityFiles withPassphrase(Path file) {
        return new IdentityFiles(certificate, key, Optional.of(file), ocsp, authority);
    }

    public IdentityFiles withOcsp(Path file) {
        return new IdentityFiles(certificate, key, passphrase, Optional.of(file), authority);
    }

    public IdentityFiles withAuthority(Path directory) {
        return new IdentityFiles(certificate, key, passphrase, ocsp, Optional.of(directory));
    }

    /** The files that must fit together. */
    List<Path> pair() {
        return Stream.concat(Stream.of(certificate, key), passphrase.stream()).toList();
    }

    List<Path> all() {
        return Stream.concat(pair().stream(), ocsp.stream()).toList();
    }

    KeyAndChain read() throws PkiException {
        Optional<Passphrase> words = Optional.empty();
        if (passphrase.isPresent()) words = Optional.of(Passphrase.read(passphrase.get()));
        return PemFiles.read(certificate, key, words);
    }

    /** Certificates that may have issued the identity's: the file's others, and the local one. */
    List<X509Certificate> issuers() throws PkiException {
        var all = new ArrayList<>(PemFiles.certificates(certificate));
        if (authority.isPresent()) {
            all.addAll(PemFiles.certificates(authority.get().resolve("ca.pem")));
        }
        return all;
    }
}
