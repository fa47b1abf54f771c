package dev.sobre.line;

import dev.sobre.tls.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client has sent and its session has not read: filled on the event loop, emptied on the
 * session's thread. Beyond a bound the socket is not read, and beyond another the connection ends.
 * Also the place where the session's thread sleeps.
 */
final class Inbox extends ChannelInboundHandlerAdapter {

    /** How the stream stands. */
    enum End {
        OPEN,
        CLEAN,
        CUT
    }

    /**
     * How much memory what waits may take.
     *
     * @param full beyond it the socket is not read
     * @param flooded beyond it the connection ends. More than {@code full} by what is read at once:
     *     TLS records behind the one that filled it. Still more comes behind a FIN: Netty's epoll
     *     then reads, whatever we say, all that the kernel has taken
     */
    record Room(int full, int flooded) {}

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int HELD_BY_A_BUFFER = 128; // its object and node, about

    private final Channel channel;
    private final BufferQueue queue = new BufferQueue();
    private final AtomicInteger held = new AtomicInteger();
    private final Outbox outbox;
    private volatile Room room;
    private volatile End end = End.OPEN;
    private volatile @Nullable Thread sleeper;
    private boolean closed; // to what still comes; the event loop's

    Inbox(Channel channel, Room room) {
        this.channel = channel;
        this.room = room;
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
        int full = room.full;
        if (left + size > full && left <= full) channel.config().setAutoRead(true);
        return buffer;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    End end() {
        return end;
    }

    void room(Room now) {
        room = now;
        if (held.get() <= now.full) channel.config().setAutoRead(true);
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
                            closed = true;
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
        if (!buffer.isReadable() || closed) {
            buffer.release();
            return;
        }
        boolean wasFull = held.get() > room.full;
        ByteBuf kept = wasFull ? fitting(buffer) : buffer;
        int size = held(kept);
        if (wasFull && held.get() + size > room.flooded) {
            kept.release();
            flooded();
            return;
        }
        queue.offer(kept);
        if (held.addAndGet(size) > room.full) stopReading();
    }

    /** An engine may give a short record much room. */
    private static ByteBuf fitting(ByteBuf buffer) {
        int octets = buffer.readableBytes();
        if (buffer.capacity() <= 2 * octets) return buffer;
        ByteBuf copy = buffer.alloc().directBuffer(octets, octets).writeBytes(buffer);
        buffer.release();
        return copy;
    }

    /** The session reads what it has, and finds the stream cut. */
    private void flooded() {
        closed = true;
        String peer = Peer.address(channel).getAddress().getHostAddress();
        LOG.info("{} sent more than it may before it is read: connection ended", peer);
        ended(End.CUT);
        channel.eventLoop().execute(() -> HangUp.atOnce(channel)); // not from within the engine
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
        if (held.get() <= room.full) channel.config().setAutoRead(true);
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
