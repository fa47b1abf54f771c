package dev.sobre.smtp.relay;

import java.time.Duration;

/**
 * How long we wait for the other side (RFC 5321 §4.5.3.2).
 *
 * @param connect until TCP is connected, and for a TLS handshake
 * @param command for the greeting and the answer to a command
 * @param block for a part of the message to go
 * @param end for the answer to a message: if we did not wait, it would come twice
 */
public record Timeouts(Duration connect, Duration command, Duration block, Duration end) {

    public static Timeouts standard() {
        return new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10));
    }

    /** The same time for each. */
    public static Timeouts each(Duration time) {
        return new Timeouts(time, time, time, time);
    }
}
