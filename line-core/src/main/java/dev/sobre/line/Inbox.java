package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent and its session has not read: filled on the event loop, emptied on the
 * session's thread. Beyond a bound the socket is not read. Also the place where the session's
 * thread sleeps.
 */
final class Inbox extends ChannelInboundHandlerAdapter {

    /** How the stream stands. */
    enum End {
        OPEN,
        CLEAN,
        CUT
    }

    private static final int HELD_BY_A_BUFFER = 128; // its object and node, about

    private final Channel channel;
    private final BufferQueue queue = new BufferQueue();
    private final AtomicInteger held = new AtomicInteger();
    private final Outbox outbox;
    private volatile int bound;
    private volatile End end = End.OPEN;
    private volatile @Nullable Thread sleeper;
    private boolean abandoned; // the event loop's

    Inbox(Channel channel, int bound) {
        this.channel = channel;
        this.bound = bound;
        this.outbox = new Outbox(channel, this::wake);
    }

    /** What goes the other way; its sleeper is the same. */
    Outbox outbox() {
        return outbox;
    }

    // The session's side.

    @Nullable ByteBuf poll() {
        ByteBuf buffer = queue.poll();
        if (buffer == null) return null;
        int size = held(buffer);
        int left = held.addAndGet(-size);
        if (left + size > bound && left <= bound) channel.config().setAutoRead(true);
        return buffer;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    End end() {
        return end;
    }

    void bound(int octets) {
        bound = octets;
        if (held.get() <= octets) channel.config().setAutoRead(true);
    }

    /** Says that the calling thread is about to sleep: look once more at everything, then park. */
    void goingToSleep() {
        sleeper = Thread.currentThread();
    }

    void awake() {
        sleeper = null;
    }

    /** Ends the session's side; what is there and what still comes is freed on the event loop. */
    void abandon() {
        channel.eventLoop()
                .execute(
                        () -> {
                            abandoned = true;
                            for (ByteBuf b = poll(); b != null; b = poll()) b.release();
                        });
    }

    // Any thread's side.

    void wake() {
        Thread thread = sleeper;
        if (thread != null) LockSupport.unpark(thread);
    }

    // The event loop's side.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var buffer = (ByteBuf) message;
        if (!buffer.isReadable() || abandoned) {
            buffer.release();
            return;
        }
        int size = held(buffer);
        queue.offer(buffer);
        if (held.addAndGet(size) > bound) stopReading();
    }

    /**
     * The memory that a waiting buffer takes: a client may send records of one octet, each of which
     * comes in a buffer of its own.
     */
    private static int held(ByteBuf buffer) {
        return buffer.capacity() + HELD_BY_A_BUFFER;
    }

    /** The memory that all that waits takes. */
    int held() {
        return held.get();
    }

    private void stopReading() {
        channel.config().setAutoRead(false);
        // The session may have taken it all, and started the reading, just before we stopped it.
        if (held.get() <= bound) channel.config().setAutoRead(true);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        wake();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        outbox.drained();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) ended(End.CLEAN);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended(End.CUT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ended(End.CUT);
        context.close();
    }

    private void ended(End how) {
        if (end == End.OPEN) end = how;
        wake();
    }
}
