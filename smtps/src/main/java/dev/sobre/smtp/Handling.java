package dev.sobre.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done with a mail.
 *
 * @param onward how mail for other domains is taken on; empty for not at all
 * @param repeats for how long at least a mail is known again that a client sends twice; zero for
 *     never
 * @param tracesClient whether Received says from where a mail was submitted
 * @param longestHold how long a mail may wait for the time at which its sender wants it sent (RFC
 *     4865), in a spool that a {@link dev.sobre.smtp.relay.Relay relay} works on; zero for not at
 *     all
 */
public record Handling(
        Optional<Onward> onward, Duration repeats, boolean tracesClient, Duration longestHold) {

    private static final Duration MOST = Duration.ofSeconds(999_999_999); // RFC 4865 §3

    public Handling {
        if (repeats.isNegative() || repeats.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("repeats are known for 30 days at most");
        }
        if (longestHold.isNegative() || longestHold.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("mail waits for 999999999 s at most");
        }
    }

    /** Nothing for other domains; a mail is known again for an hour. */
    public static Handling standard() {
        return new Handling(Optional.empty(), Duration.ofHours(1), true, Duration.ZERO);
    }

    public Handling withOnward(Onward way) {
        return new Handling(Optional.of(way), repeats, tracesClient, longestHold);
    }

    public Handling withRepeats(Duration window) {
        return new Handling(onward, window, tracesClient, longestHold);
    }

    public Handling withTracesClient(boolean said) {
        return new Handling(onward, repeats, said, longestHold);
    }

    public Handling withLongestHold(Duration most) {
        return new Handling(onward, repeats, tracesClient, most);
    }
}
