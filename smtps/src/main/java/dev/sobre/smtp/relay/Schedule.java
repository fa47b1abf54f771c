package dev.sobre.smtp.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a mail is tried again (RFC 5321 §4.5.4.1): after {@code first}, then twice as long each time
 * up to {@code longest}, each time a fifth sooner or later, so that what failed together does not
 * come again together.
 */
public record Schedule(Duration first, Duration longest) {

    public Schedule {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a schedule goes on from a first wait");
        }
    }

    /** Five minutes, which is long enough for most greylists, up to two hours. */
    public static Schedule standard() {
        return new Schedule(Duration.ofMinutes(5), Duration.ofHours(2));
    }

    /**
     * The wait after a failed attempt.
     *
     * @param attempts how many there were, from 1
     */
    Duration after(int attempts, RandomGenerator random) {
        int doublings = Math.clamp(attempts - 1, 0, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        if (wait.compareTo(longest) > 0) wait = longest;
        return Duration.ofMillis((long) (wait.toMillis() * (0.8 + 0.4 * random.nextDouble())));
    }
}
