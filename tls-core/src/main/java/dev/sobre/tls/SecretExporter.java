package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from the exporter secret of one connection until that is wiped. */
final class SecretExporter implements Exporter {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] secret;
    private boolean wiped;

    /**
     * @param secret the {@code exporter_master_secret}, which becomes this exporter's own; as long
     *     as the hash of the connection's suite
     */
    SecretExporter(byte[] secret) {
        this.secret = secret;
    }

    @Override
    public synchronized byte[] export(String label, byte[] context, int length) {
        if (wiped) throw new IllegalStateException("the connection has been closed");
        boolean long384 = secret.length == 48;
        try {
            var hash = MessageDigest.getInstance(long384 ? "SHA-384" : "SHA-256");
            var hkdf = KDF.getInstance(long384 ? "HKDF-SHA384" : "HKDF-SHA256");
            // RFC 8446 §7.5: HKDF-Expand-Label(Derive-Secret(secret, label, ""), "exporter",
            // Hash(context), length)
            byte[] derived = expandLabel(hkdf, secret, label, hash.digest(NOTHING), secret.length);
            byte[] key = expandLabel(hkdf, derived, "exporter", hash.digest(context), length);
            Arrays.fill(derived, (byte) 0);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of " + length + " bytes can be had", e);
        }
    }

    synchronized void wipe() {
        wiped = true;
        Arrays.fill(secret, (byte) 0);
    }

    /** RFC 8446 §7.1. */
    private static byte[] expandLabel(
            KDF hkdf, byte[] secret, String label, byte[] context, int length)
            throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(US_ASCII);
        if (name.length > 255) throw new IllegalArgumentException("a label has 249 bytes at most");
        byte[] info =
                ByteBuffer.allocate(4 + name.length + context.length)
                        .putShort((short) length)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) context.length)
                        .put(context)
                        .array();
        var key = new SecretKeySpec(secret, "Generic");
        return hkdf.deriveData(HKDFParameterSpec.expandOnly(key, info, length));
    }
}
