package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boundaries of the multiparts that are open, outermost first. A line is looked up once,
 * however many are open.
 */
final class Boundaries {

    /** RFC 2046 §5.1.1 allows 70; some senders write more. */
    static final int LONGEST = 512;

    private static final int PADDING = 64;

    /** How long a delimiter line may be, without its end. */
    static final int LONGEST_LINE = LONGEST + PADDING;

    /** A delimiter line: of which open multipart, counted from 0, and whether it is the last. */
    record Delimiter(int level, boolean closing) {}

    private final List<String> open = new ArrayList<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final List<Optional<Integer>> shadowed = new ArrayList<>();

    /** Opens a multipart and returns its level. */
    int push(String text) {
        String boundary = new String(text.getBytes(UTF_8), ISO_8859_1);
        int level = open.size();
        open.add(boundary);
        shadowed.add(Optional.ofNullable(levels.put(boundary, level)));
        return level;
    }

    /** Closes the innermost multipart. */
    void pop() {
        String boundary = open.removeLast();
        shadowed.removeLast()
                .ifPresentOrElse(
                        level -> levels.put(boundary, level), () -> levels.remove(boundary));
    }

    /**
     * Reads a line that starts with two hyphens. White space after the boundary is ignored, other
     * text is not, so that a boundary that begins with another one is no trouble.
     */
    Optional<Delimiter> match(ByteBuffer line) {
        if (open.isEmpty() || line.remaining() > LONGEST_LINE) return Optional.empty();
        String text = ISO_8859_1.decode(line).toString().substring(2).stripTrailing();
        Integer level = levels.get(text);
        if (level != null) return Optional.of(new Delimiter(level, false));
        if (!text.endsWith("--")) return Optional.empty();
        level = levels.get(text.substring(0, text.length() - 2));
        return level == null ? Optional.empty() : Optional.of(new Delimiter(level, true));
    }
}
