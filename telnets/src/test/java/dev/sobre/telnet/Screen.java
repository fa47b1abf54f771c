package dev.sobre.telnet;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The last row of a terminal that knows text, CR, LF and BS and nothing else. */
final class Screen {

    private final int[] cells = new int[4096];
    private final StringBuilder sent = new StringBuilder();
    private int cursor;
    private int widest;

    Screen() {
        newRow();
    }

    void newRow() {
        Arrays.fill(cells, ' ');
        cursor = 0;
        widest = 0;
    }

    void see(String text) {
        sent.append(text);
        for (int codePoint : text.codePoints().toArray()) {
            switch (codePoint) {
                case '\r' -> cursor = 0;
                case '\n' -> newRow();
                case '\b' -> cursor = Math.max(cursor - 1, 0);
                default -> put(codePoint);
            }
        }
    }

    /** What is on the row, up to the last place where something was written. */
    String row() {
        return IntStream.range(0, widest)
                .map(column -> cells[column])
                .filter(cell -> cell != 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    int cursor() {
        return cursor;
    }

    int widest() {
        return widest;
    }

    String sent() {
        return sent.toString();
    }

    private void put(int codePoint) {
        cells[cursor] = codePoint;
        for (int i = 1; i < Columns.of(codePoint); i++) cells[cursor + i] = 0; // its right half
        cursor += Columns.of(codePoint);
        widest = Math.max(widest, cursor);
    }
}
