package dev.sobre.imap;

import java.io.IOException;
import java.io.Reader;

/**
 * A text that is looked for without regard to letter case, in one pass over any amount of text
 * (Knuth, Morris and Pratt), so that neither memory nor time depends on what is searched.
 */
final class Needle {

    private final char[] wanted;
    private final int[] fallback;

    Needle(String text) {
        wanted = new char[text.length()];
        for (int i = 0; i < wanted.length; i++) wanted[i] = fold(text.charAt(i));
        fallback = new int[wanted.length];
        for (int i = 1, matched = 0; i < wanted.length; i++) {
            while (matched > 0 && wanted[i] != wanted[matched]) matched = fallback[matched - 1];
            if (wanted[i] == wanted[matched]) matched++;
            fallback[i] = matched;
        }
    }

    boolean isIn(CharSequence text) {
        int matched = 0;
        for (int i = 0; i < text.length() && matched < wanted.length; i++) {
            matched = next(matched, text.charAt(i));
        }
        return matched == wanted.length;
    }

    boolean isIn(Reader text) throws IOException {
        char[] some = new char[4096];
        int matched = 0;
        if (wanted.length == 0) return true;
        for (int n = text.read(some); n >= 0; n = text.read(some)) {
            for (int i = 0; i < n; i++) {
                matched = next(matched, some[i]);
                if (matched == wanted.length) return true;
            }
        }
        return false;
    }

    private int next(int before, char read) {
        char c = fold(read);
        int matched = before;
        while (matched > 0 && wanted[matched] != c) matched = fallback[matched - 1];
        return wanted[matched] == c ? matched + 1 : 0;
    }

    /** Letters that differ by case only become one, as in {@link String#equalsIgnoreCase}. */
    private static char fold(char c) {
        if (c < 0x80) return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
