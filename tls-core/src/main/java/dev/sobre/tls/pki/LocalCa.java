package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A home's own certificate authority: two files, {@code ca.pem} for whoever shall trust the home
 * and {@code ca.key} for nobody. It can vouch for the home's names only.
 */
public final class LocalCa {
    private static final String CERTIFICATE = "ca.pem";
    private static final String KEY = "ca.key";
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private final KeyAndChain keys;

    private LocalCa(KeyAndChain keys) {
        this.keys = keys;
    }

    /**
     * Makes an authority in a directory, which must have none yet.
     *
     * @param names what it may vouch for: domains with all below them, and IP addresses; with
     *     {@code localhost} come the loopback addresses
     */
    public static LocalCa create(Path directory, List<String> names) throws PkiException {
        Certificates.first(names);
        if (Files.exists(directory.resolve(KEY)) || Files.exists(directory.resolve(CERTIFICATE))) {
            throw new PkiException(directory + " has a certificate authority already");
        }
        try {
            KeyPair pair = Keys.p256();
            byte[] mark = new byte[4];
            new java.security.SecureRandom().nextBytes(mark);
            // A mark of its own, so that trust stores can tell two homes of one domain apart.
            var subject =
                    Certificates.commonName(
                            "Sobre CA " + HexFormat.of().formatHex(mark) + " " + names.getFirst());
            var certificate =
                    Certificates.authority(
                            subject,
                            SubjectNames.only(withLoopback(names)),
                            pair.getPublic(),
                            pair.getPrivate());
            var keys = new KeyAndChain(pair.getPrivate(), List.of(certificate));
            Files.createDirectories(directory);
            PemFiles.write(directory.resolve(CERTIFICATE), directory.resolve(KEY), keys);
            return new LocalCa(keys);
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("cannot make a certificate authority in " + directory, e);
        }
    }

    /** Opens the authority of a directory. */
    public static LocalCa load(Path directory) throws PkiException {
        return new LocalCa(PemFiles.read(directory.resolve(CERTIFICATE), directory.resolve(KEY)));
    }

    /** What a client must trust. */
    public X509Certificate certificate() {
        return keys.certificate();
    }

    /** Makes a P-256 key and a certificate for a server of these names, for 397 days. */
    public KeyAndChain issue(List<String> names) throws PkiException {
        try {
            KeyPair pair = Keys.p256();
            var certificate =
                    Certificates.server(
                            names,
                            pair.getPublic(),
                            Names.subject(certificate()),
                            certificate().getPublicKey(),
                            keys.key());
            return new KeyAndChain(pair.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException e) {
            throw new PkiException("cannot issue a certificate for " + names, e);
        }
    }

    private static List<String> withLoopback(List<String> names) {
        var all = new LinkedHashSet<>(names);
        if (LOOPBACK.stream().anyMatch(all::contains)) all.addAll(LOOPBACK);
        return List.copyOf(all);
    }
}
