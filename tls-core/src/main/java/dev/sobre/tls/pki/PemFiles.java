package dev.sobre.tls.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads certificates and keys from PEM files (or DER, one to a file), and writes them. RFC 7468.
 */
public final class PemFiles {
    /** Octets of the largest file that is read; all authorities of a browser take a quarter. */
    private static final int LARGEST = 1 << 20;

    private PemFiles() {}

    /** Reads a chain and its key, which needs no passphrase. */
    public static KeyAndChain read(Path chain, Path key) throws PkiException {
        return read(chain, key, Optional.empty());
    }

    /**
     * Reads a chain and its key, and puts the chain in order: the certificate of the key, then each
     * one's issuer, as far as the file has them; a root is left out, for who trusts it has it.
     *
     * @throws PkiException also when no certificate of the chain belongs to the key
     */
    public static KeyAndChain read(Path chain, Path key, Optional<Passphrase> passphrase)
            throws PkiException {
        return KeyAndChain.ordered(key(key, passphrase), certificates(chain))
                .orElseThrow(
                        () ->
                                new PkiException(
                                        "the key of "
                                                + key
                                                + " belongs to no certificate of "
                                                + chain
                                                + "; name the key that its request was made"
                                                + " with"));
    }

    /**
     * Writes a chain for everybody and its key (PKCS#8) for the owner alone, in place of what was
     * there.
     */
    public static void write(Path chain, Path key, KeyAndChain keys) throws PkiException {
        // The key first: whoever sees the new chain finds the key that belongs to it.
        writeKey(key, keys.key(), KeyForm.PKCS8, Optional.empty());
        writeChain(chain, keys.chain());
    }

    /** Writes certificates for everybody, in place of what was there. */
    public static void writeChain(Path file, List<X509Certificate> chain) throws PkiException {
        try {
            SafeFile.writePublic(file, ascii(text(chain)));
        } catch (IOException e) {
            throw new PkiException("cannot write " + file + ": " + e, e);
        }
    }

    /**
     * Writes a private key for the owner alone, in place of what was there.
     *
     * @param passphrase what to lock it with, if with something: AES-256 in either form
     */
    public static void writeKey(
            Path file, PrivateKey key, KeyForm form, Optional<Passphrase> passphrase)
            throws PkiException {
        try {
            SafeFile.writeSecret(file, ascii(PemKey.write(key, form, passphrase).text()));
        } catch (IOException e) {
            throw new PkiException("cannot write " + file + ": " + e, e);
        }
    }

    /** Reads every certificate of a file, in order. */
    public static List<X509Certificate> certificates(Path file) throws PkiException {
        try {
            var blocks = blocks(file);
            var found = new ArrayList<X509Certificate>();
            for (var block : blocks) found.addAll(certificates(block));
            if (found.isEmpty()) throw new PkiException("holds no certificate" + instead(blocks));
            return found;
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    /** Reads the first private key of a file, which needs no passphrase. */
    public static PrivateKey key(Path file) throws PkiException {
        return key(file, Optional.empty());
    }

    /**
     * Reads the first private key of a file: PKCS#8, PKCS#1 or SEC1.
     *
     * @param passphrase what it is locked with, if it is
     */
    public static PrivateKey key(Path file, Optional<Passphrase> passphrase) throws PkiException {
        try {
            var blocks = blocks(file);
            for (var block : blocks) {
                if (PemKey.is(block)) return PemKey.read(block, passphrase);
            }
            throw new PkiException("holds no private key" + instead(blocks));
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    /** Whether the first private key of a file is locked with a passphrase. */
    public static boolean locked(Path file) throws PkiException {
        try {
            return blocks(file).stream()
                    .filter(PemKey::is)
                    .findFirst()
                    .map(PemKey::locked)
                    .orElse(false);
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    static String text(List<X509Certificate> chain) throws PkiException {
        var text = new StringBuilder();
        try {
            for (var each : chain) {
                text.append(PemBlock.of("CERTIFICATE", each.getEncoded()).text());
            }
        } catch (CertificateEncodingException e) {
            throw new PkiException("cannot encode a certificate", e);
        }
        return text.toString();
    }

    static List<PemBlock> blocks(Path file) throws PkiException {
        return blocks(octets(file));
    }

    static List<PemBlock> blocks(byte[] octets) throws PkiException {
        var blocks = PemReader.blocks(octets);
        if (!blocks.isEmpty()) return blocks;
        if (octets.length == 0) throw new PkiException("is empty");
        if (Pkcs12.is(octets)) {
            throw new PkiException("is PKCS#12; turn it into PEM with: openssl pkcs12 -nodes -in");
        }
        return List.of(
                DerFile.block(octets)
                        .orElseThrow(
                                () ->
                                        new PkiException(
                                                "is neither PEM (no line says -----BEGIN …-----)"
                                                        + " nor DER")));
    }

    static byte[] octets(Path file) throws PkiException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(LARGEST + 1);
            if (octets.length <= LARGEST) return octets;
        } catch (IOException e) {
            throw PkiException.unreadable(file, e);
        }
        throw new PkiException("is larger than 1 MiB: no file of keys or certificates");
    }

    static Collection<X509Certificate> certificates(PemBlock block) throws PkiException {
        try {
            return switch (block.label()) {
                case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                        List.of(certificate(block.octets()));
                case "PKCS7", "PKCS #7 SIGNED DATA" -> bundle(block.octets());
                default -> List.of();
            };
        } catch (CertificateException e) {
            throw new PkiException("holds a damaged certificate: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    private static List<X509Certificate> bundle(byte[] der) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        for (Certificate each : factory.generateCertificates(new ByteArrayInputStream(der))) {
            found.add((X509Certificate) each);
        }
        return found;
    }

    /** What a file has in place of what was looked for. */
    static String instead(List<PemBlock> blocks) {
        var labels = blocks.stream().map(PemBlock::label).distinct().limit(4).toList();
        return ", only: " + String.join(", ", labels);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
