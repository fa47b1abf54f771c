package dev.sobre.mail;

import java.util.HexFormat;

/**
 * The identity of a message's content, the same for all its copies and for ever. RFC 8474 §5.1. It
 * is the name of the act of delivery that brought the content.
 */
public record EmailId(long high, long low) {

    /** The identity of what a delivery brings. */
    public static EmailId of(DeliveryId delivery) {
        return new EmailId(delivery.high(), delivery.low());
    }

    /** The identity as clients see it: {@code M} and 32 hexadecimal digits. */
    public String text() {
        return "M" + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
