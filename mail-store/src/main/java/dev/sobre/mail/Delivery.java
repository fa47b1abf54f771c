package dev.sobre.mail;

import java.time.Instant;

/**
 * A message to be put into one mailbox.
 *
 * @param id makes the append idempotent: the same id in the same mailbox is stored once
 * @param internalDate RFC 9051 §2.3.3; kept to the millisecond, and at the nearest end of the years
 *     0 to 9999 where it lies beyond them
 */
public record Delivery(DeliveryId id, BlobSource body, Flags flags, Instant internalDate) {

    // RFC 9051 §9: a year has four digits. A file that is imported may be of any time.
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    public Delivery {
        if (internalDate.isBefore(FIRST)) internalDate = FIRST;
        if (internalDate.isAfter(LAST)) internalDate = LAST;
    }
}
