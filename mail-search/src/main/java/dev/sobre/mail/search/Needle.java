package dev.sobre.mail.search;

import java.util.Arrays;

/**
 * A folded text that is looked for, in one pass over any amount of folded text (Knuth, Morris and
 * Pratt), so that time does not depend on what is searched.
 */
final class Needle {

    private final byte[] wanted;
    private final int[] fallback;

    Needle(String text) {
        wanted = Folding.of(text);
        fallback = new int[wanted.length];
        for (int i = 1, matched = 0; i < wanted.length; i++) {
            while (matched > 0 && wanted[i] != wanted[matched]) matched = fallback[matched - 1];
            if (wanted[i] == wanted[matched]) matched++;
            fallback[i] = matched;
        }
    }

    byte[] octets() {
        return wanted;
    }

    boolean isEmpty() {
        return wanted.length == 0;
    }

    boolean isIn(byte[] text, int from, int to) {
        if (wanted.length == 0) return true;
        byte first = wanted[0];
        int matched = 0;
        for (int i = from; i < to; i++) {
            if (matched == 0) {
                while (i < to && text[i] != first) i++;
                if (i == to) return false;
            }
            matched = next(matched, text[i]);
            if (matched == wanted.length) return true;
        }
        return false;
    }

    private int next(int before, byte read) {
        int matched = before;
        while (matched > 0 && wanted[matched] != read) matched = fallback[matched - 1];
        return wanted[matched] == read ? matched + 1 : 0;
    }

    /** Looks for the needle in what goes through, from {@link #start} on. */
    final class Stream implements Folding.Sink {
        private boolean started;
        private int matched;
        private boolean found = wanted.length == 0;

        void start() {
            started = true;
        }

        @Override
        public void put(byte octet) {
            if (!started || found) return;
            matched = next(matched, octet);
            found = matched == wanted.length;
        }

        @Override
        public boolean isFull() {
            return found;
        }

        boolean found() {
            return found;
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Needle n && Arrays.equals(n.wanted, wanted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wanted);
    }
}
