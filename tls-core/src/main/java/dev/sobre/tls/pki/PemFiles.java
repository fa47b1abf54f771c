package dev.sobre.tls.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Reads certificates and keys from PEM files. RFC 7468. */
public final class PemFiles {
    private PemFiles() {}

    /** Reads a chain, the holder's certificate first, and its key (PKCS#8, PKCS#1 or SEC1). */
    public static KeyAndChain read(Path chain, Path key) throws PkiException {
        return new KeyAndChain(key(key), certificates(chain));
    }

    /**
     * Writes a chain for everybody and its key (PKCS#8) for the owner alone, in place of what was
     * there.
     */
    public static void write(Path chain, Path key, KeyAndChain keys) throws PkiException {
        try {
            // The key first: whoever sees the new chain finds the key that belongs to it.
            SafeFile.writeSecret(key, pem(PrivateKeyInfo.getInstance(keys.key().getEncoded())));
            SafeFile.writePublic(chain, pem(keys.chain().toArray()));
        } catch (IOException e) {
            throw new PkiException("cannot write " + chain + " and " + key + ": " + e, e);
        }
    }

    /** Reads every certificate of a file, in order. */
    public static List<X509Certificate> certificates(Path file) throws PkiException {
        try (var in = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            var found = new ArrayList<X509Certificate>();
            var converter = new JcaX509CertificateConverter();
            for (Object next = in.readObject(); next != null; next = in.readObject()) {
                if (next instanceof X509CertificateHolder holder) {
                    found.add(converter.getCertificate(holder));
                }
            }
            if (found.isEmpty()) throw new PkiException(file + " holds no certificate");
            return found;
        } catch (IOException | CertificateException e) {
            throw new PkiException("cannot read the certificates of " + file + ": " + e, e);
        }
    }

    /** Reads the first private key of a file. */
    public static PrivateKey key(Path file) throws PkiException {
        try (var in = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            var converter = new JcaPEMKeyConverter();
            for (Object next = in.readObject(); next != null; next = in.readObject()) {
                switch (next) {
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    default -> {} // such as the EC parameters that OpenSSL writes ahead of a key
                }
            }
            throw new PkiException(file + " holds no private key without a passphrase");
        } catch (IOException e) {
            throw new PkiException("cannot read the key of " + file + ": " + e, e);
        }
    }

    private static byte[] pem(Object... objects) throws IOException {
        var text = new StringWriter();
        try (var out = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                out.writeObject(
                        object instanceof PrivateKeyInfo info
                                ? new PKCS8Generator(info, null)
                                : object);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
