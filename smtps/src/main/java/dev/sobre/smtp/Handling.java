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
 */
public record Handling(Optional<Onward> onward, Duration repeats, boolean tracesClient) {

    public Handling {
        if (repeats.isNegative() || repeats.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("repeats are known for 30 days at most");
        }
    }

    /** Nothing for other domains; a mail is known again for an hour. */
    public static Handling standard() {
        return new Handling(Optional.empty(), Duration.ofHours(1), true);
    }

    public Handling withOnward(Onward way) {
        return new Handling(Optional.of(way), repeats, tracesClient);
    }

    public Handling withRepeats(Duration window) {
        return new Handling(onward, window, tracesClient);
    }

    public Handling withTracesClient(boolean said) {
        return new Handling(onward, repeats, said);
    }
}
