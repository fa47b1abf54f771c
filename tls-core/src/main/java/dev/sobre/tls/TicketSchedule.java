package dev.sobre.tls;

import java.time.Duration;

/**
 * When keys of session tickets come and go.
 *
 * @param rotation how long a key seals new tickets until its successor does
 * @param lifetime how long a key opens tickets, from when it began to seal; so a session can be
 *     resumed for {@code lifetime - rotation} at least and {@code lifetime} at most
 */
public record TicketSchedule(Duration rotation, Duration lifetime) {
    private static final Duration SHORTEST = Duration.ofSeconds(12);

    /** RFC 8446 §4.6.1: a ticket must not be used for longer. */
    private static final Duration LONGEST = Duration.ofDays(7);

    public TicketSchedule {
        if (rotation.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("ticket keys can change every 12 seconds at most");
        }
        if (lifetime.compareTo(rotation.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "ticket keys must open for twice the time that they seal, or longer");
        }
        if (lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ticket keys can open for seven days at most");
        }
    }

    /** A new key every 12 hours, which opens for 24. */
    public static TicketSchedule standard() {
        return new TicketSchedule(Duration.ofHours(12), Duration.ofHours(24));
    }

    /**
     * How long a key is known before it seals, so that all machines of a ring can open by then; as
     * far may their clocks be apart.
     */
    Duration lead() {
        return rotation.dividedBy(12);
    }

    /** How often a shared file is looked at: several times within {@link #lead}. */
    Duration poll() {
        var part = lead().dividedBy(4);
        return part.compareTo(Duration.ofMinutes(1)) < 0 ? part : Duration.ofMinutes(1);
    }
}
