package dev.sobre.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Cuts a body into lines, one buffer at a time. A line longer than the buffer comes in pieces.
 * Lines end with LF, with or without a CR before it.
 */
final class LineScanner {

    private static final int BUFFER = 65_536;

    private final MessageOctets body;
    private final byte[] buffer;
    private long base; // the offset of buffer[0] in the body
    private int filled;
    private int from; // the current piece
    private int to;
    private boolean starts = true;
    private boolean ends = true;
    private int terminator;
    private int terminatorBefore;
    private long lineFeeds;

    LineScanner(MessageOctets body) {
        this.body = body;
        this.buffer = new byte[Math.clamp(body.length(), 1, BUFFER)];
    }

    /** Goes on to the next piece; false at the end. */
    boolean next() throws IOException {
        boolean carriageReturnBefore = to > from && buffer[to - 1] == '\r';
        starts = ends;
        terminatorBefore = terminator;
        from = to;
        int lineFeed = find(from);
        if (lineFeed < 0) {
            fill();
            lineFeed = find(from);
        }
        ends = lineFeed >= 0;
        to = ends ? lineFeed + 1 : filled;
        terminator = 0;
        if (ends) {
            lineFeeds++;
            boolean pair = to - from > 1 ? buffer[to - 2] == '\r' : !starts && carriageReturnBefore;
            terminator = pair ? 2 : 1;
        }
        return to > from;
    }

    /** Where the current piece starts. */
    long start() {
        return base + from;
    }

    /** Where the next piece starts. */
    long end() {
        return base + to;
    }

    /** Whether the current piece is the start of a line. */
    boolean startsLine() {
        return starts;
    }

    /** The current piece's octets without its line end. */
    ByteBuffer octets() {
        int length = Math.max(0, to - from - terminator);
        return ByteBuffer.wrap(buffer, from, length);
    }

    /** Whether this is a line with nothing in it. */
    boolean isBlank() {
        return starts && ends && to - from == terminator;
    }

    /** Whether the current piece starts a line with two hyphens. */
    boolean mayDelimit() {
        return starts && to - from > 2 && buffer[from] == '-' && buffer[from + 1] == '-';
    }

    /** How long the line end before the current line is: 0 to 2. */
    int lengthOfLineEndBefore() {
        return terminatorBefore;
    }

    /** LFs up to the end of the current piece. */
    long lineFeeds() {
        return lineFeeds;
    }

    /** LFs before the current piece. */
    long lineFeedsAtStart() {
        return lineFeeds - (ends ? 1 : 0);
    }

    /** LFs before the current line, and before the line end in front of it. */
    long lineFeedsBefore() {
        return lineFeedsAtStart() - (terminatorBefore > 0 ? 1 : 0);
    }

    private int find(int start) {
        for (int i = start; i < filled; i++) if (buffer[i] == '\n') return i;
        return -1;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        base += from;
        filled -= from;
        from = 0;
        if (filled == buffer.length) {
            // A piece as long as the buffer: it has been handed out, or is about to be.
            return;
        }
        ByteBuffer room = ByteBuffer.wrap(buffer, filled, buffer.length - filled);
        while (room.hasRemaining() && body.read(base + room.position(), room) > 0) {
            filled = room.position();
        }
    }
}
