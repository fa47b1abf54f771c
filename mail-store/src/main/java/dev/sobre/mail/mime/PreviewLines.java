package dev.sobre.mail.mime;

/**
 * A preview as it grows, line by line. White space is one space; what shows nothing, or changes the
 * direction of other text, is left out.
 */
final class PreviewLines {

    private static final int LONGEST_LINE = 1024; // a longer one counts as several
    private static final String INVISIBLE =
            "\u00ad\u034f\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
                    + "\u2066\u2067\u2068\u2069";
    private static final char NON_JOINER = '\u200c';

    private final boolean leaveOutQuotes;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private String held = ""; // a line that may be the first half of "On …, … wrote:"
    private int characters;
    private boolean space;

    PreviewLines(boolean leaveOutQuotes) {
        this.leaveOutQuotes = leaveOutQuotes;
    }

    boolean isFull() {
        return characters >= Preview.LONGEST;
    }

    void take(char c) {
        if (c == '\n' || line.length() >= LONGEST_LINE) endLine();
        if (c != '\n') line.append(c);
    }

    /** What came of it; nothing is to be taken after. */
    String text() {
        endLine();
        add(held);
        return text.toString();
    }

    private void endLine() {
        String whole = line.toString().strip();
        line.setLength(0);
        if (!leaveOutQuotes) {
            add(whole);
            return;
        }
        if (whole.startsWith(">")) return;
        boolean halfway = !held.isEmpty();
        boolean begins = whole.startsWith("On ") || whole.startsWith("Am ");
        boolean ends = whole.endsWith("wrote:") || whole.endsWith("schrieb:");
        if (begins || !ends) add(held); // else they are one introduction, in two lines
        held = begins && !ends ? whole : "";
        if (!begins && !(ends && halfway)) add(whole);
    }

    private void add(String line) {
        for (int i = 0; i < line.length() && !isFull(); ) {
            int point = line.codePointAt(i);
            i += Character.charCount(point);
            add(point);
        }
        space = true;
    }

    private void add(int point) {
        if (INVISIBLE.indexOf(point) >= 0 || (point == NON_JOINER && space)) return;
        if (Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.isISOControl(point)) {
            space = true;
            return;
        }
        if (space && !text.isEmpty()) {
            if (characters + 1 >= Preview.LONGEST) {
                characters = Preview.LONGEST;
                return;
            }
            text.append(' ');
            characters++;
        }
        space = false;
        boolean lone = Character.getType(point) == Character.SURROGATE;
        text.appendCodePoint(lone ? 0xFFFD : point);
        characters++;
    }
}
