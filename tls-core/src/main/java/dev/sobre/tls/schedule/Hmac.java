package dev.sobre.tls.schedule;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC over a hash that goes by its Java name, such as {@code SHA-256}. RFC 2104. */
record Hmac(String hash) {

    byte[] of(byte[] key, byte[]... parts) {
        try {
            String name = "Hmac" + hash.replace("-", "");
            var mac = Mac.getInstance(name);
            // A key of no bytes is one of zeros (RFC 2104 §2), which Java does not take for one.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            for (byte[] part : parts) mac.update(part);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with " + hash, e);
        }
    }

    int length() {
        return hash.equals("SHA-384") ? 48 : 32;
    }
}
