package dev.sobre.tls.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A story as lines for people, at most 100 characters wide where words allow it. */
final class StoryText {
    private static final int WIDTH = 100;
    private static final String INDENT = " ".repeat(12);
    private static final int NAME = 24;

    private final List<String> lines = new ArrayList<>();

    static List<String> of(Story story) {
        var text = new StoryText();
        story.steps().forEach(text::step);
        if (!story.complete()) text.lines.add("… more was said than is told here");
        text.flights(story.flights());
        return List.copyOf(text.lines);
    }

    private void step(Step step) {
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%8s ms  %s  %s, %s%s",
                        millis(step.at()),
                        step.from().arrow(),
                        step.name(),
                        bytes(step.bytes()),
                        step.encrypted() ? ", encrypted" : ""));
        wrap(INDENT, INDENT, step.sentence());
        for (Fact fact : step.facts()) {
            wrap(
                    INDENT + String.format(Locale.ROOT, "%-" + NAME + "s", fact.name()),
                    INDENT + " ".repeat(NAME),
                    fact.value());
        }
        lines.add("");
    }

    private void flights(List<Flight> flights) {
        if (flights.isEmpty()) return;
        lines.add("Flights: what one side sent before the other spoke");
        for (Flight flight : flights) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%8s ms  %s  %s in %d %s",
                            millis(flight.at()),
                            flight.from().arrow(),
                            bytes(flight.bytes()),
                            flight.records(),
                            flight.records() == 1 ? "record" : "records"));
        }
    }

    /** Breaks between words; a word longer than the line stays whole, so that it can be copied. */
    private void wrap(String first, String rest, String text) {
        var line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            if (!empty) line.append(' ');
            line.append(word);
            empty = false;
        }
        lines.add(line.toString());
    }

    private static String bytes(long count) {
        return count == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", count);
    }

    private static String millis(Duration at) {
        return String.format(Locale.ROOT, "%.1f", at.toNanos() / 1e6);
    }
}
