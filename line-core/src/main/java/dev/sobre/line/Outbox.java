package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a session sends: gathered in one buffer on the session's thread, handed to the event loop by
 * one flush task that many sends share.
 */
final class Outbox implements Runnable {

    private static final int GATHER = 32 * 1024;
    private static final int FIRST = 512;

    private final Channel channel;
    private final BufferQueue queue = new BufferQueue();
    private final AtomicInteger handedOver = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable wake;
    private volatile boolean awaited;
    private boolean compresses;
    private ByteBuf gathered = Unpooled.EMPTY_BUFFER;

    /**
     * An empty outbox.
     *
     * @param wake called on the event loop when an {@linkplain #await awaited} drain happened
     */
    Outbox(Channel channel, Runnable wake) {
        this.channel = channel;
        this.wake = wake;
    }

    /** The buffer to write to, with room for at least one octet. */
    ByteBuf gathering(int wanted) {
        if (gathered.maxCapacity() == 0) {
            gathered = channel.alloc().directBuffer(Math.clamp(wanted, FIRST, GATHER), GATHER);
        }
        return gathered;
    }

    boolean isFull() {
        return gathered.maxCapacity() > 0 && gathered.maxWritableBytes() == 0;
    }

    /** Reads some octets of a source into a buffer. */
    static int fill(ByteBuf to, long offset, long wanted, OctetSource source) throws IOException {
        int room = (int) Math.min(wanted, to.maxWritableBytes());
        to.ensureWritable(room);
        int read = source.read(offset, to.internalNioBuffer(to.writerIndex(), room));
        if (read <= 0) throw new IOException("a stored body is shorter than its length");
        to.writerIndex(to.writerIndex() + read);
        return read;
    }

    /** Sends what is gathered. */
    void flush() {
        if (!gathered.isReadable()) return;
        ByteBuf full = gathered;
        gathered = Unpooled.EMPTY_BUFFER;
        send(full);
    }

    /** Hands over what is gathered, without a flush: {@link HangUp} sends it with the end. */
    void last() {
        if (gathered.isReadable()) offer(gathered);
        gathered = Unpooled.EMPTY_BUFFER;
    }

    /** Whether what is sent from now on is compressed. */
    void compress(boolean now) {
        flush();
        compresses = now;
    }

    /** Sends a buffer, which is released when it is written. */
    void send(ByteBuf plain) {
        offer(plain);
        if (scheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this);
            } catch (RejectedExecutionException loopsAreGone) {
                for (ByteBuf b = queue.poll(); b != null; b = queue.poll()) b.release();
            }
        }
    }

    private void offer(ByteBuf plain) {
        ByteBuf buffer = compresses ? Deflation.of(plain, channel.alloc()) : plain;
        handedOver.addAndGet(buffer.readableBytes());
        queue.offer(buffer);
    }

    /** Whether the client keeps up, so that more may be sent. */
    boolean isWritable() {
        return channel.isWritable() && handedOver.get() < 2 * GATHER;
    }

    /** Says whether the session sleeps until the client keeps up again. */
    void await(boolean awaiting) {
        awaited = awaiting;
    }

    /** Wakes a session that waits to write; called on the event loop. */
    void drained() {
        if (awaited) wake.run();
    }

    /** Writes and flushes on the event loop. */
    @Override
    public void run() {
        if (write()) channel.flush();
        drained();
    }

    /** Writes on the event loop what was handed over; gives whether there was something. */
    boolean write() {
        scheduled.set(false);
        boolean some = false;
        for (ByteBuf buffer = queue.poll(); buffer != null; buffer = queue.poll()) {
            handedOver.addAndGet(-buffer.readableBytes());
            channel.write(buffer, channel.voidPromise());
            some = true;
        }
        return some;
    }

    /** Frees what was gathered and not sent. */
    void release() {
        gathered.release();
        gathered = Unpooled.EMPTY_BUFFER;
    }
}
