package dev.sobre.tls.schedule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF as TLS 1.3 uses it. RFC 5869, RFC 8446 §7.1. */
record Hkdf(Hmac hmac) {

    static Hkdf over(String hash) {
        return new Hkdf(new Hmac(hash));
    }

    byte[] extract(byte[] salt, byte[] input) {
        return hmac.of(salt, input);
    }

    byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[4 + full.length + context.length];
        info[0] = (byte) (length >> 8);
        info[1] = (byte) length;
        info[2] = (byte) full.length;
        System.arraycopy(full, 0, info, 3, full.length);
        info[3 + full.length] = (byte) context.length;
        System.arraycopy(context, 0, info, 4 + full.length, context.length);
        return expand(secret, info, length);
    }

    int length() {
        return hmac.length();
    }

    private byte[] expand(byte[] secret, byte[] info, int length) {
        byte[] all = new byte[0];
        byte[] block = new byte[0];
        for (int i = 1; all.length < length; i++) {
            block = hmac.of(secret, block, info, new byte[] {(byte) i});
            int before = all.length;
            all = Arrays.copyOf(all, before + block.length);
            System.arraycopy(block, 0, all, before, block.length);
        }
        return Arrays.copyOf(all, length);
    }
}
