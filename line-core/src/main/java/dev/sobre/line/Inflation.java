package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expands what a client has compressed, as the session takes it and never ahead of that: however
 * much a few octets stand for, no more than a piece of it is in memory. Used by the session's
 * thread.
 */
final class Inflation {

    private static final Logger LOG = LoggerFactory.getLogger(Inflation.class);
    private static final int PIECE = 8 * 1024;
    private static final byte[] NOTHING = {};

    private final Inbox inbox;
    private final ByteBufAllocator allocator;
    private final Inflater inflater = new Inflater(true); // RFC 1951, without zlib's header
    private ByteBuf compressed = Unpooled.EMPTY_BUFFER;

    Inflation(Inbox inbox, ByteBufAllocator allocator) {
        this.inbox = inbox;
        this.allocator = allocator;
    }

    /** Some octets; nothing when more must come first. */
    @Nullable ByteBuf poll() throws EndOfStream {
        ByteBuf piece = allocator.directBuffer(PIECE, PIECE);
        try {
            while (true) {
                int some = inflater.inflate(piece.nioBuffer(0, PIECE));
                if (some > 0) return piece.writerIndex(some).retain();
                if (!more()) return null;
            }
        } catch (DataFormatException e) {
            throw unreadable(e.getMessage());
        } finally {
            piece.release();
        }
    }

    /** Gives the inflater what has come next. */
    private boolean more() throws EndOfStream {
        if (inflater.finished() || inflater.needsDictionary()) throw unreadable("it has an end");
        dropInput();
        ByteBuf next = inbox.poll();
        if (next == null) return false;
        compressed = next;
        inflater.setInput(next.nioBuffer());
        return true;
    }

    private void dropInput() {
        inflater.setInput(NOTHING);
        compressed.release();
        compressed = Unpooled.EMPTY_BUFFER;
    }

    /** Where it can't be read there is no line to answer. */
    private static EndOfStream unreadable(@Nullable String why) {
        LOG.info("what the client has compressed can't be read: {}", why);
        return new EndOfStream(false);
    }

    /** Frees the memory of the inflater, and what was not taken. */
    void release() {
        dropInput();
        inflater.end();
    }
}
