package dev.sobre.telnet;

import java.util.ArrayList;
import java.util.List;

/** The command lines of a session, to walk through with the arrows. Bounded. */
final class History {

    private static final int MOST = 100;

    private final List<String> lines = new ArrayList<>();
    private int at;
    private String draft = "";

    /** Remembers a line, once if it is said twice, and goes behind the newest. */
    void add(String line) {
        boolean again = !lines.isEmpty() && lines.getLast().equals(line);
        if (!line.isBlank() && !again) lines.add(line);
        if (lines.size() > MOST) lines.removeFirst();
        at = lines.size();
        draft = "";
    }

    /** The line before; {@code now} is what stands there and comes back at the end. */
    String older(String now) {
        if (at == 0) return now;
        if (at == lines.size()) draft = now;
        return lines.get(--at);
    }

    String newer(String now) {
        if (at == lines.size()) return now;
        return ++at == lines.size() ? draft : lines.get(at);
    }
}
