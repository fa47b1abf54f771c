package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/**
 * The different runs of three octets in a folded text, as the terms of an index. None spans two
 * lines. A run of three octets is a letter or two of most scripts, one of Chinese, so that even two
 * Chinese characters narrow a search.
 */
final class Trigrams extends TokenStream {

    private static final int LENGTH = 3;

    /** A longer needle is narrowed by some of its trigrams, and then looked for anyway. */
    private static final int MOST = 12;

    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final BitSet met = new BitSet(1 << 24);
    private final BytesRef octets = new BytesRef(LENGTH);
    private byte[] text = {};
    private int[] given = new int[1024]; // what is met, to be forgotten
    private int count;
    private int at;
    private int end;

    /** The trigrams that a text has if it has the needle; empty when nothing can be said. */
    static List<BytesRef> of(byte[] needle) {
        int count = needle.length - LENGTH + 1;
        List<BytesRef> some = new ArrayList<>();
        if (count <= 0) return some;
        int chosen = Math.min(MOST, (count + LENGTH - 1) / LENGTH + 1);
        for (int i = 0; i < chosen; i++) {
            int from = chosen == 1 ? 0 : (int) ((long) i * (count - 1) / (chosen - 1));
            var one = new BytesRef(needle, from, LENGTH);
            if (!some.contains(one)) some.add(one);
        }
        return some;
    }

    /** Begins with another text. The one before has been read to its end. */
    Trigrams over(byte[] octetsOfText, int from, int to) {
        text = octetsOfText;
        at = from;
        end = to;
        return this;
    }

    @Override
    public void reset() {
        for (int i = 0; i < count; i++) met.clear(given[i]);
        count = 0;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        while (at + LENGTH <= end) {
            byte a = text[at];
            byte b = text[at + 1];
            byte c = text[at + 2];
            at++;
            if (a == '\n' || b == '\n' || c == '\n') continue;
            int number = ((a & 0xFF) << 16) | ((b & 0xFF) << 8) | (c & 0xFF);
            if (met.get(number)) continue;
            met.set(number);
            if (count == given.length) given = Arrays.copyOf(given, count * 2);
            given[count++] = number;
            octets.bytes[0] = a;
            octets.bytes[1] = b;
            octets.bytes[2] = c;
            octets.length = LENGTH;
            term.setBytesRef(octets);
            return true;
        }
        return false;
    }
}
