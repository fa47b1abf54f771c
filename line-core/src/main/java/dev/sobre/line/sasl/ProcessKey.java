package dev.sobre.line.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that lives as long as the process: what passwords are known by under it dies with it. */
final class ProcessKey {

    private static final String HMAC = "HmacSHA256";

    private final Mac keyed; // never used itself: to ask for it costs more than to run it

    ProcessKey() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        try {
            keyed = Mac.getInstance(HMAC);
            keyed.init(new SecretKeySpec(secret, HMAC));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every Java has HmacSHA256", broken);
        }
    }

    /** What a password is known by that goes with a number and a text. */
    ByteBuffer mark(long number, String text, byte[] password) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        var fixed = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        fixed.putLong(number).putInt(octets.length); // so that the parts can't shift
        try {
            var mac = (Mac) keyed.clone();
            mac.update(fixed.array());
            mac.update(octets);
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (CloneNotSupportedException broken) {
            throw new IllegalStateException("Java's HmacSHA256 can be cloned", broken);
        }
    }
}
