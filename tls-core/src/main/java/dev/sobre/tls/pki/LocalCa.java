package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

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
        return create(directory, names, Optional.empty());
    }

    /** The same, its key locked with a passphrase if there is one. */
    public static LocalCa create(
            Path directory, List<String> names, Optional<Passphrase> passphrase)
            throws PkiException {
        SubjectNames.checked(names);
        if (Files.exists(directory.resolve(KEY)) || Files.exists(directory.resolve(CERTIFICATE))) {
            throw new PkiException(directory + " has a certificate authority already");
        }
        try {
            KeyPair pair = KeyKind.P256.pair();
            byte[] mark = new byte[4];
            new java.security.SecureRandom().nextBytes(mark);
            // A mark of its own, so that trust stores can tell two homes of one domain apart.
            var subject =
                    Subjects.commonName(
                            "Sobre CA " + HexFormat.of().formatHex(mark) + " " + names.getFirst());
            var certificate =
                    Certificates.authority(
                            subject,
                            SubjectNames.only(withLoopback(names)),
                            pair.getPublic(),
                            pair.getPrivate());
            var keys = new KeyAndChain(pair.getPrivate(), List.of(certificate));
            Files.createDirectories(directory);
            PemFiles.writeKey(directory.resolve(KEY), keys.key(), KeyForm.PKCS8, passphrase);
            PemFiles.writeChain(directory.resolve(CERTIFICATE), keys.chain());
            return new LocalCa(keys);
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("cannot make a certificate authority in " + directory, e);
        }
    }

    /** Opens the authority of a directory. */
    public static LocalCa load(Path directory) throws PkiException {
        return load(directory, Optional.empty());
    }

    /** Opens the authority of a directory, whose key may need a passphrase. */
    public static LocalCa load(Path directory, Optional<Passphrase> passphrase)
            throws PkiException {
        Path key = key(directory);
        return new LocalCa(PemFiles.read(directory.resolve(CERTIFICATE), key, passphrase));
    }

    /** The file of the key of a directory's authority. */
    public static Path key(Path directory) throws PkiException {
        Path certificate = directory.resolve(CERTIFICATE);
        if (Files.exists(certificate)) return directory.resolve(KEY);
        throw new PkiException(
                directory + " has no certificate authority: there is no " + certificate);
    }

    /** What a client must trust. */
    public X509Certificate certificate() {
        return keys.certificate();
    }

    /** Makes a P-256 key and a certificate for a server of these names, for 397 days. */
    public KeyAndChain issue(List<String> names) throws PkiException {
        var key = KeyKind.P256.make();
        var subject = Subjects.commonName(Certificates.first(names));
        return new KeyAndChain(key, List.of(certify(subject, names, Keys.publicOf(key))));
    }

    /** Makes a certificate for a key that is there already. */
    public KeyAndChain issue(List<String> names, PrivateKey key) throws PkiException {
        var checked = SubjectNames.checked(names);
        var subject = Subjects.commonName(Certificates.first(checked));
        return new KeyAndChain(key, List.of(permitted(subject, checked, Keys.publicOf(key))));
    }

    /** Makes the certificate that was asked for, with the request's subject, names and key. */
    public X509Certificate issue(SigningRequest request) throws PkiException {
        return permitted(
                request.distinguishedName(), SubjectNames.checked(request.names()), request.key());
    }

    /** Makes a certificate like an older one of this authority, for 397 days from now. */
    public X509Certificate renew(X509Certificate old) throws PkiException {
        if (!Chains.signed(old, certificate())) {
            throw new PkiException(
                    "this certificate is by "
                            + old.getIssuerX500Principal().getName()
                            + " and not by this authority; ask that one to renew it");
        }
        return permitted(Names.subject(old), Names.of(old), old.getPublicKey());
    }

    private X509Certificate permitted(X500Name subject, List<String> names, PublicKey key)
            throws PkiException {
        var made = certify(subject, names, key);
        // RFC 5280 §4.2.1.10: what lies outside of the name constraints, no client would accept.
        var problem = Chains.problem(List.of(made, certificate()), Instant.now());
        if (problem.isEmpty()) return made;
        throw new PkiException(
                "this authority may not vouch for "
                        + String.join(", ", names)
                        + " ("
                        + problem.get()
                        + "); make another one for those names");
    }

    private X509Certificate certify(X500Name subject, List<String> names, PublicKey key)
            throws PkiException {
        try {
            return Certificates.server(
                    new Certificates.Leaf(subject, names, key, Certificates.SERVER_LIFE),
                    new Certificates.Issuer(
                            Names.subject(certificate()),
                            certificate().getPublicKey(),
                            keys.key()));
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
