package dev.sobre.telnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line taken apart: words between spaces; {@code 'single'} quotes keep everything, {@code
 * "double"} quotes everything but {@code \"} and {@code \\}, a backslash outside keeps one
 * character.
 */
final class Words {

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote; // 0 outside of quotes
    private boolean escaped;

    private Words() {}

    /** The words, or nothing where a quote or a backslash is left open. */
    static Optional<List<String>> of(String line) {
        var split = new Words();
        for (int i = 0; i < line.length(); i++) split.take(line.charAt(i));
        if (split.quote != 0 || split.escaped) return Optional.empty();
        split.end();
        return Optional.of(List.copyOf(split.words));
    }

    private void take(char c) {
        if (escaped) {
            if (quote == '"' && c != '"' && c != '\\') word.append('\\');
            word.append(c);
            escaped = false;
        } else if (c == '\\' && quote != '\'') {
            begun = true;
            escaped = true;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
            else word.append(c);
        } else if (c == '\'' || c == '"') {
            begun = true;
            quote = c;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            begun = true;
            word.append(c);
        }
    }

    private void end() {
        if (begun) words.add(word.toString());
        word.setLength(0);
        begun = false;
    }
}
