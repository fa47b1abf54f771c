package dev.sobre.tls.trace;

import java.util.List;

/**
 * A handshake, told: its messages in order, and in which flights they travelled.
 *
 * @param complete false where more was said than is told
 */
public record Story(List<Step> steps, List<Flight> flights, boolean complete) {

    public Story {
        steps = List.copyOf(steps);
        flights = List.copyOf(flights);
    }

    /** The same in plain words, line by line. */
    public List<String> lines() {
        return StoryText.of(this);
    }
}
