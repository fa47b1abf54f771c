package dev.sobre.tls.trace;

import java.time.Duration;
import java.util.List;

/**
 * One message of a handshake, told.
 *
 * @param at since the first byte of the connection
 * @param name the RFC's, such as {@code ClientHello}; what cannot be seen is named by its record
 * @param bytes the size of the message, or of the records where it cannot be seen
 * @param encrypted whether it went over the wire encrypted
 * @param sentence what the message is for, or what changes with it
 */
public record Step(
        Duration at,
        Side from,
        String name,
        long bytes,
        boolean encrypted,
        String sentence,
        List<Fact> facts) {

    public Step {
        facts = List.copyOf(facts);
    }
}
