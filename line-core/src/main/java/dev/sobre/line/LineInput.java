package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client has sent, taken as lines or as plain octets. Used by the session's thread. */
final class LineInput {

    /** How the session waits for more. */
    @FunctionalInterface
    interface Waiting {

        /** Returns when the inbox has something. */
        void untilInput() throws IOException;
    }

    private static final int DRAIN_FACTOR = 16; // so much of an over-long line is read and dropped

    private final Inbox inbox;
    private final Carrier carrier;
    private final Waiting waiting;
    private Optional<Inflation> inflation = Optional.empty();
    private ByteBuf current = Unpooled.EMPTY_BUFFER;
    private long allowed; // octets that may still be taken

    /**
     * What comes into an inbox.
     *
     * @param allowed how many octets may be taken before {@link #allowAll}, but for the end of the
     *     last line
     */
    LineInput(Inbox inbox, Carrier carrier, long allowed, Waiting waiting) {
        this.inbox = inbox;
        this.carrier = carrier;
        this.allowed = allowed;
        this.waiting = waiting;
    }

    /** From now on there is no end to what may be taken. */
    void allowAll() {
        allowed = Long.MAX_VALUE;
    }

    /** What comes from now on is compressed. */
    void inflate(Inflation from) {
        inflation = Optional.of(from);
    }

    /** What comes from now on is plain. */
    void plain() {
        inflation.ifPresent(Inflation::release);
        inflation = Optional.empty();
    }

    /** Whether something can be read without waiting. */
    boolean isReady() throws IOException {
        if (current.isReadable()) return true;
        if (inflation.isEmpty()) return !inbox.isEmpty();
        return advance(inflation.get().poll()); // what has come may not be enough for an octet
    }

    /**
     * Takes a line without its end.
     *
     * @throws LineTooLong when it has more than {@code limit} octets; it has been taken
     */
    byte[] line(int limit) throws IOException {
        need();
        int end = indexOfLineFeed();
        if (end >= 0 && end - current.readerIndex() <= limit + 1) return lineUpTo(end);
        return longLine(limit);
    }

    /** A view of the first octets that have come. */
    ByteBuffer view() throws IOException {
        need();
        return current.nioBuffer().asReadOnlyBuffer();
    }

    /** Takes octets of the view. */
    void consume(int octets) {
        current.skipBytes(octets);
        taken(octets);
    }

    void readFully(byte[] into, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            need();
            int some = Math.min(length - done, current.readableBytes());
            current.readBytes(into, from + done, some);
            taken(some);
            done += some;
        }
    }

    void skip(long octets) throws IOException {
        long left = octets;
        while (left > 0) {
            need();
            int some = (int) Math.min(left, current.readableBytes());
            consume(some);
            left -= some;
        }
    }

    /** Frees what was not taken. */
    void release() {
        plain();
        drop();
    }

    private void drop() {
        current.release();
        current = Unpooled.EMPTY_BUFFER;
    }

    private boolean advance(@Nullable ByteBuf next) {
        if (next == null) return false;
        current = next;
        return true;
    }

    /** Makes sure that {@code current} has an octet. */
    private void need() throws IOException {
        if (allowed <= 0) throw new SessionEnded(Farewell.TOO_MUCH_BEFORE_LOGIN);
        while (!current.isReadable()) {
            var next = inflation.isPresent() ? inflation.get().poll() : inbox.poll();
            if (advance(next)) carrier.piece();
            else waiting.untilInput();
        }
    }

    private int indexOfLineFeed() {
        return current.indexOf(current.readerIndex(), current.writerIndex(), (byte) '\n');
    }

    private byte[] lineUpTo(int lineFeed) {
        int start = current.readerIndex();
        int end =
                lineFeed > start && current.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
        byte[] line = new byte[end - start];
        current.getBytes(start, line);
        current.readerIndex(lineFeed + 1);
        taken(lineFeed + 1 - start);
        return line;
    }

    /** Takes a line that spans buffers or is too long. */
    private byte[] longLine(int limit) throws IOException {
        var line = new ByteArrayOutputStream();
        long taken = 0;
        while (true) {
            need();
            int lineFeed = indexOfLineFeed();
            int upTo = lineFeed < 0 ? current.writerIndex() : lineFeed + 1;
            int some = upTo - current.readerIndex();
            taken += some;
            if (taken <= limit + 2L) current.getBytes(current.readerIndex(), line, some);
            consume(some);
            if (lineFeed >= 0) break;
            if (taken > (long) limit * DRAIN_FACTOR) {
                throw new SessionEnded(Farewell.TOO_MUCH_INPUT);
            }
        }
        if (taken > limit + 2L) throw new LineTooLong(limit);
        byte[] octets = line.toByteArray();
        int end = octets.length - 1;
        if (end > 0 && octets[end - 1] == '\r') end--;
        if (end > limit) throw new LineTooLong(limit);
        return Arrays.copyOf(octets, end);
    }

    private void taken(int octets) {
        allowed -= octets;
        if (!current.isReadable()) drop();
    }
}
