package dev.sobre.tls.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF as TLS 1.3 uses it. RFC 5869, RFC 8446 §7.1.
 *
 * @param hash by its Java name, {@code SHA-256} or {@code SHA-384}
 */
public record Hkdf(String hash) {

    byte[] extract(byte[] salt, byte[] input) {
        return new Hmac(hash).of(salt, input);
    }

    /**
     * HKDF-Expand-Label.
     *
     * @param secret as long as the hash
     * @param context a hash, or nothing
     */
    public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        if (name.length > 255) throw new IllegalArgumentException("a label has 249 bytes at most");
        byte[] info =
                ByteBuffer.allocate(4 + name.length + context.length)
                        .putShort((short) length)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) context.length)
                        .put(context)
                        .array();
        try {
            var key = new SecretKeySpec(secret, "Generic");
            return KDF.getInstance("HKDF-" + hash.replace("-", ""))
                    .deriveData(HKDFParameterSpec.expandOnly(key, info, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of " + length + " bytes can be had", e);
        }
    }

    int length() {
        return new Hmac(hash).length();
    }
}
