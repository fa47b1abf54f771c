package dev.sobre.mail.search;

import java.io.IOException;
import java.io.Reader;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Text on its way to being compared: letter case, compatible forms and the composition of
 * characters undone (i;unicode-casemap, RFC 5051 §2), white space of any length one space, as
 * UTF-8. The only line feeds are those of {@link #endOfLine}, so that nothing is found across them.
 */
final class Folding {

    /** Takes folded octets. */
    interface Sink {
        void put(byte octet);

        /** Whether it needs no more. */
        boolean isFull();
    }

    private static final char INVALID = '\uFFFD';

    private static final byte[] ASCII = ascii();

    // Filled as characters are met; threads that race for one write the same.
    private static final @Nullable String[] OTHERS = new String[Character.MIN_SURROGATE];

    private final Sink out;
    private boolean afterSpace;
    private char high; // the first half of a pair, or 0

    Folding(Sink out) {
        this.out = out;
    }

    /** The folded form of a short text. */
    static byte[] of(String text) {
        var octets = new OctetBuffer(Integer.MAX_VALUE);
        new Folding(octets).text(text).end();
        return octets.toArray();
    }

    Folding text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) put(text.charAt(i));
        return this;
    }

    Folding text(Reader text) throws IOException {
        char[] some = new char[4096];
        for (int n = text.read(some); n >= 0 && !out.isFull(); n = text.read(some)) {
            for (int i = 0; i < n; i++) put(some[i]);
        }
        return this;
    }

    void endOfLine() {
        end();
        out.put((byte) '\n');
    }

    private void end() {
        if (high != 0) unpaired();
        afterSpace = false;
    }

    private void put(char c) {
        if (high == 0 && c < 0x80) {
            octet(ASCII[c]);
        } else if (Character.isSurrogate(c)) {
            surrogate(c);
        } else {
            if (high != 0) unpaired();
            if (c < 0x80) octet(ASCII[c]);
            else if (c < OTHERS.length) folded(other(c));
            else folded(fold(c));
        }
    }

    private void surrogate(char c) {
        if (Character.isHighSurrogate(c)) {
            if (high != 0) unpaired();
            high = c;
        } else if (high == 0) {
            folded(String.valueOf(INVALID));
        } else {
            int whole = Character.toCodePoint(high, c);
            high = 0;
            folded(fold(whole));
        }
    }

    private void unpaired() {
        high = 0;
        folded(String.valueOf(INVALID));
    }

    private void folded(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) octet(ASCII[c]);
            else if (Character.isWhitespace(c)) octet((byte) ' ');
            else utf8(c);
        }
    }

    private void octet(byte ascii) {
        if (ascii == ' ') {
            if (!afterSpace) out.put((byte) ' ');
            afterSpace = true;
        } else {
            out.put(ascii);
            afterSpace = false;
        }
    }

    private void utf8(int c) {
        afterSpace = false;
        if (c < 0x800) {
            out.put((byte) (0xC0 | (c >> 6)));
        } else {
            if (c < 0x10000) {
                out.put((byte) (0xE0 | (c >> 12)));
            } else {
                out.put((byte) (0xF0 | (c >> 18)));
                out.put((byte) (0x80 | ((c >> 12) & 0x3F)));
            }
            out.put((byte) (0x80 | ((c >> 6) & 0x3F)));
        }
        out.put((byte) (0x80 | (c & 0x3F)));
    }

    private static String other(char c) {
        String known = OTHERS[c];
        if (known != null) return known;
        String folded = fold(c);
        OTHERS[c] = folded;
        return folded;
    }

    // RFC 5051 §2: to titlecase first, then decompose until nothing decomposes; no reordering. What
    // comes out is put to titlecase once more, or a ligature would match nothing but itself.
    private static String fold(int c) {
        String title = Character.toString(Character.toTitleCase(c));
        var folded = new StringBuilder();
        Normalizer.normalize(title, Normalizer.Form.NFKD)
                .codePoints()
                .map(Character::toTitleCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static byte[] ascii() {
        byte[] folded = new byte[0x80];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = (byte) (c <= ' ' || c == 0x7F ? ' ' : Character.toTitleCase(c));
        }
        return folded;
    }
}
