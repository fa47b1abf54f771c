package dev.sobre.tls.pki;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is in a file of keys and certificates: PEM, DER or PKCS#12. */
public final class Contents {
    private Contents() {}

    /** Whether a file tells nothing without a passphrase. */
    public static boolean sealed(Path file) throws PkiException {
        try {
            return Pkcs12.is(PemFiles.octets(file));
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    /**
     * Reads what a file has.
     *
     * @param passphrase of its key, or of the whole file if it is PKCS#12; without it, a locked key
     *     is listed and not opened
     */
    public static List<PemItem> of(Path file, Optional<Passphrase> passphrase) throws PkiException {
        try {
            byte[] octets = PemFiles.octets(file);
            if (Pkcs12.is(octets)) return Pkcs12.open(octets, passphrase);
            var items = new ArrayList<PemItem>();
            for (var block : PemFiles.blocks(octets)) items.addAll(items(block, passphrase));
            return List.copyOf(items);
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    private static List<? extends PemItem> items(PemBlock block, Optional<Passphrase> passphrase)
            throws PkiException {
        if (PemKey.is(block)) return List.of(key(block, passphrase));
        if (SigningRequest.is(block)) return List.of(new PemItem.Request(SigningRequest.of(block)));
        if (block.label().equals("X509 CRL")) return List.of(list(block));
        var certificates = PemFiles.certificates(block);
        return certificates.isEmpty()
                ? List.of(new PemItem.Other(block.label()))
                : certificates.stream().map(PemItem.Certificate::new).toList();
    }

    private static PemItem key(PemBlock block, Optional<Passphrase> passphrase)
            throws PkiException {
        boolean locked = PemKey.locked(block);
        if (locked && passphrase.isEmpty()) {
            return new PemItem.Key(block.label(), true, Optional.empty());
        }
        var half = Keys.publicOf(PemKey.read(block, passphrase));
        return new PemItem.Key(block.label(), locked, Optional.of(half));
    }

    private static PemItem list(PemBlock block) throws PkiException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var list = factory.generateCRL(new ByteArrayInputStream(block.octets()));
            return new PemItem.RevocationList((X509CRL) list);
        } catch (CertificateException | CRLException e) {
            throw new PkiException("holds a damaged revocation list", e);
        }
    }
}
