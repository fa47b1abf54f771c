package dev.sobre.mail;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** 128 bits that name one act of delivery, so that repeating it changes nothing. */
public record DeliveryId(long high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeliveryId random() {
        return new DeliveryId(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** Its 32 hexadecimal digits, by which logs and fields of mails name it. */
    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** The first bits of a digest, which names the same thing each time. */
    public static DeliveryId of(byte[] digest) {
        var bits = ByteBuffer.wrap(digest);
        return new DeliveryId(bits.getLong(), bits.getLong());
    }
}
