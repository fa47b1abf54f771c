package dev.sobre.mail;

import java.security.SecureRandom;

/** 128 random bits that name one act of delivery, so that repeating it changes nothing. */
public record DeliveryId(long high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeliveryId random() {
        return new DeliveryId(RANDOM.nextLong(), RANDOM.nextLong());
    }
}
