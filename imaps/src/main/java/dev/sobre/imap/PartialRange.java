package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;

/**
 * Which of many results are wanted: {@code 1:500} from the first on, {@code -1:-100} from the last
 * back. RFC 9394 §4, partial-range.
 *
 * @param first as the client wrote it, and so negative when it counts from the last
 */
record PartialRange(long first, long last) {

    static PartialRange parse(ImapReader in) throws BadMessage {
        boolean fromLast = in.isNext('-');
        long first = end(in, fromLast);
        in.expect(':');
        long last = end(in, fromLast);
        return new PartialRange(first, last);
    }

    private static long end(ImapReader in, boolean negative) throws BadMessage {
        if (negative) in.expect('-');
        long number = in.nonZero();
        return negative ? -number : number;
    }

    /** Where the range begins among so many results, counting from 0. */
    int from(int count) {
        return within(first < 0 ? count + Math.min(first, last) : Math.min(first, last) - 1, count);
    }

    /** Where it ends, exclusive. */
    int to(int count) {
        return within(first < 0 ? count + Math.max(first, last) + 1 : Math.max(first, last), count);
    }

    private static int within(long place, int count) {
        return (int) Math.clamp(place, 0L, (long) count);
    }

    /** As the client wrote it. */
    @Override
    public String toString() {
        return first + ":" + last;
    }
}
