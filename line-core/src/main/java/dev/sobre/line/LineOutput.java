package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What a client is sent: gathers, and waits while the client does not read what was sent before.
 * Used by the session's thread.
 */
final class LineOutput {

    private static final int BODY_CHUNK = 32 * 1024;

    private final Channel channel;
    private final Outbox outbox;
    private final Sleeper sleeper;
    private final Duration writeStall;

    LineOutput(Channel channel, Outbox outbox, Sleeper sleeper, Duration writeStall) {
        this.channel = channel;
        this.outbox = outbox;
        this.sleeper = sleeper;
        this.writeStall = writeStall;
    }

    void write(byte[] octets, int from, int length) throws IOException {
        write(ByteBuffer.wrap(octets, from, length));
    }

    void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            ByteBuf to = outbox.gathering(octets.remaining());
            int some = Math.min(octets.remaining(), to.maxWritableBytes());
            to.writeBytes(octets.slice(octets.position(), some));
            octets.position(octets.position() + some);
            if (outbox.isFull()) flush();
        }
    }

    /** See {@link LineConnection#writeBody}. */
    void writeBody(long offset, long length, OctetSource source) throws IOException {
        long done = 0;
        while (done < length) {
            if (length - done <= outbox.gathering(1).maxWritableBytes()) {
                done += Outbox.fill(outbox.gathering(1), offset + done, length - done, source);
                if (outbox.isFull()) flush();
                continue;
            }
            flush();
            int chunk = (int) Math.min(BODY_CHUNK, length - done);
            ByteBuf buffer = channel.alloc().directBuffer(chunk, chunk);
            try {
                done += Outbox.fill(buffer, offset + done, length - done, source);
                outbox.send(buffer.retain());
            } finally {
                buffer.release();
            }
            awaitWritable();
        }
    }

    void flush() throws IOException {
        outbox.flush();
        awaitWritable();
    }

    /** A client that is gone can't be answered, but what it sent before is here, or on its way. */
    void flushBeforeSleep() throws IOException {
        try {
            flush();
        } catch (EndOfStream gone) {
            if (channel.isActive()) throw gone;
        }
    }

    private void awaitWritable() throws IOException {
        if (outbox.isWritable()) return;
        long until = sleeper.now() + writeStall.toNanos();
        outbox.await(true);
        try {
            while (!outbox.isWritable()) {
                if (!channel.isActive()) throw new EndOfStream(false);
                if (sleeper.now() >= until) throw new EndOfStream(false);
                sleeper.sleep(until, () -> !outbox.isWritable() && channel.isActive());
            }
        } finally {
            outbox.await(false);
        }
    }
}
