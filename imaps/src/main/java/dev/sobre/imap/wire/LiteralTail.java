package dev.sobre.imap.wire;

/** The mark of an uninvited literal at the end of a line (RFC 7888 §3). */
final class LiteralTail {

    private static final int MOST_DIGITS = 18;

    private LiteralTail() {}

    /** The octets that {@code {123+}} at the end of a line announces; -1 when it ends otherwise. */
    static long pushed(byte[] line) {
        int at = line.length - 1;
        if (at < 3 || line[at] != '}' || line[at - 1] != '+') return -1;
        int end = at - 1;
        int start = end;
        while (start > 0 && Octets.is(Octets.DIGIT, line[start - 1])) start--;
        if (start == end || start == 0 || line[start - 1] != '{') return -1;
        if (end - start > MOST_DIGITS) return Long.MAX_VALUE;
        long length = 0;
        for (int i = start; i < end; i++) length = length * 10 + (line[i] - '0');
        return length;
    }
}
