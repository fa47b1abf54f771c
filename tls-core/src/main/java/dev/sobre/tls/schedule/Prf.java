package dev.sobre.tls.schedule;

import java.nio.charset.StandardCharsets;

/** The pseudorandom function of TLS 1.2. RFC 5246 §5. */
record Prf(Hmac hmac) {

    static Prf over(String hash) {
        return new Prf(new Hmac(hash));
    }

    byte[] of(byte[] secret, String label, byte[] seed, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[length];
        byte[] a = hmac.of(secret, name, seed);
        for (int at = 0; at < length; at += hmac.length()) {
            byte[] block = hmac.of(secret, a, name, seed);
            System.arraycopy(block, 0, out, at, Math.min(block.length, length - at));
            a = hmac.of(secret, a);
        }
        return out;
    }
}
