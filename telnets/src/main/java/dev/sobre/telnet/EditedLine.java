package dev.sobre.telnet;

/** A line while it is edited: code points, a cursor, and what was cut last. Bounded. */
final class EditedLine {

    /** The longest line, in code points. */
    static final int LIMIT = 1024;

    private final int[] text = new int[LIMIT];
    private int length;
    private int cursor;
    private boolean tooLong;
    private String cut = "";

    void clear() {
        length = 0;
        cursor = 0;
        tooLong = false;
    }

    void set(String line) {
        clear();
        insert(line);
    }

    int length() {
        return length;
    }

    int cursor() {
        return cursor;
    }

    /** Whether something did not fit, so that this is not what was typed. */
    boolean tooLong() {
        return tooLong;
    }

    String text() {
        return text(0, length);
    }

    String text(int from, int to) {
        return new String(text, from, to - from);
    }

    void insert(int codePoint) {
        if (length == LIMIT) {
            tooLong = true;
            return;
        }
        System.arraycopy(text, cursor, text, cursor + 1, length - cursor);
        text[cursor++] = codePoint;
        length++;
    }

    void insert(String more) {
        more.codePoints().forEach(this::insert);
    }

    void move(int to) {
        cursor = Math.clamp(to, 0, length);
    }

    /** Removes up to the cursor, from a place before it. */
    void removeFrom(int start) {
        int from = Math.max(start, 0);
        System.arraycopy(text, cursor, text, from, length - cursor);
        length -= cursor - from;
        cursor = from;
    }

    void delete() {
        if (cursor == length) return;
        cursor++;
        removeFrom(cursor - 1);
    }

    void cutFrom(int start) {
        cut = text(start, cursor);
        removeFrom(start);
    }

    void cutToEnd() {
        cut = text(cursor, length);
        length = cursor;
    }

    void paste() {
        insert(cut);
    }

    /** Forgets what was cut: it may have been a secret. */
    void forgetCut() {
        cut = "";
    }

    int wordLeft() {
        int at = cursor;
        while (at > 0 && Character.isWhitespace(text[at - 1])) at--;
        while (at > 0 && !Character.isWhitespace(text[at - 1])) at--;
        return at;
    }

    int wordRight() {
        int at = cursor;
        while (at < length && Character.isWhitespace(text[at])) at++;
        while (at < length && !Character.isWhitespace(text[at])) at++;
        return at;
    }
}
