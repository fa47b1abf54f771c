package dev.sobre.smtp;

import dev.sobre.mail.Terms;
import java.time.Duration;
import java.time.Instant;

/**
 * How mail for other domains is taken on: into the store's spool, where a {@link
 * dev.sobre.smtp.relay relay} finds it.
 *
 * @param expires how long it is tried
 * @param warn after which its sender is told that it is late
 */
public record Onward(Duration expires, Duration warn) {

    public Onward {
        if (!expires.isPositive() || !warn.isPositive()) {
            throw new IllegalArgumentException("mail needs some time to arrive");
        }
    }

    /** Five days, and a word after four hours (RFC 5321 §4.5.4.1). */
    public static Onward standard() {
        return new Onward(Duration.ofDays(5), Duration.ofHours(4));
    }

    Terms terms(Instant accepted) {
        return Terms.of(accepted, expires, warn);
    }
}
