package dev.sobre.mail;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** 128 bits that name one act of delivery, so that repeating it changes nothing. */
public record DeliveryId(long high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeliveryId random() {
        return new DeliveryId(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** The first bits of a digest, which names the same thing each time. */
    public static DeliveryId of(byte[] digest) {
        var bits = ByteBuffer.wrap(digest);
        return new DeliveryId(bits.getLong(), bits.getLong());
    }
}
