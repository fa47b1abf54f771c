package dev.sobre.telnet;

/**
 * One row of the screen that is drawn again and again: a prompt and the part of a line around the
 * cursor. Uses nothing but CR, BS and spaces, so that it works on every terminal whatever its type.
 */
final class Row {

    private String shown = "";
    private int cursor; // where it is on the screen, in columns
    private int first; // the first code point of the line that is seen

    /** Goes to a fresh row. */
    void reset() {
        shown = "";
        cursor = 0;
        first = 0;
    }

    /** What to send so that the row shows this line, with the cursor in its place. */
    String draw(String prompt, EditedLine line, int width) {
        int room = Math.max(width - 1 - Columns.of(prompt), 8);
        scroll(line, room);
        String before = prompt + line.text(first, line.cursor());
        int at = Columns.of(before);
        return update(fitting(before, at, line, Columns.of(prompt) + room), at);
    }

    /** What to send so that the row shows this text, cut to the width. */
    String draw(String text, int width) {
        var fit = new StringBuilder();
        int columns = 0;
        for (int codePoint : text.codePoints().toArray()) {
            columns += Columns.of(codePoint);
            if (columns >= width) break;
            fit.appendCodePoint(codePoint);
        }
        return update(fit.toString(), Columns.of(fit.toString()));
    }

    private String update(String now, int at) {
        var out = new StringBuilder();
        int columns = Columns.of(now);
        if (now.startsWith(shown) && cursor == Columns.of(shown)) {
            out.append(now, shown.length(), now.length()); // typing at the end: nothing else moves
        } else if (now.equals(shown) && at == cursor) {
            return "";
        } else {
            int longer = Math.max(Columns.of(shown) - columns, 0);
            out.append('\r').append(now).repeat(" ", longer).repeat("\b", longer);
        }
        out.repeat("\b", columns - at);
        shown = now;
        cursor = at;
        return out.toString();
    }

    private void scroll(EditedLine line, int room) {
        first = Math.min(first, line.cursor());
        int columns = Columns.of(line.text(first, line.cursor()));
        while (columns > room) {
            columns -= Columns.of(line.text(first, first + 1));
            first++;
        }
    }

    private static String fitting(String before, int columns, EditedLine line, int most) {
        var text = new StringBuilder(before);
        int used = columns;
        for (int i = line.cursor(); i < line.length(); i++) {
            String next = line.text(i, i + 1);
            used += Columns.of(next);
            if (used > most) break;
            text.append(next);
        }
        return text.toString();
    }
}
