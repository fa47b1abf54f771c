package dev.sobre.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox between its two threads: here the test gives and a session's thread takes. */
class InboxTest {

    private static final int BOUND = 1000;
    private static final int ROUNDS = 10_000;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final LocalChannel channel = new LocalChannel();
    private final Inbox inbox = new Inbox(channel, new Inbox.Room(BOUND, 4 * BOUND));

    @BeforeEach
    void register() throws Exception {
        loop.register(channel).sync();
        channel.pipeline().addLast(inbox);
    }

    @AfterEach
    void close() throws Exception {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    /** The session may take all there is just while the event loop decides to stop. */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // a waiting thread yields, as there may be one core
    void aStopNeverOutlastsItsReason() throws Exception {
        var taken = new AtomicInteger();
        var context = channel.pipeline().firstContext();
        Thread session = Thread.ofPlatform().start(() -> takeAll(taken));
        for (int given = 1; given <= ROUNDS; given++) {
            inbox.channelRead(context, Unpooled.buffer(BOUND + 1).writeZero(BOUND + 1));
            while (taken.get() < given) Thread.yield();
            assertTrue(channel.config().isAutoRead(), "reading stopped for good, round " + given);
        }
        session.join();
    }

    /** LESSONS 2: records of one octet come in a buffer each. */
    @Test
    void aWaitingBufferCountsWithTheMemoryItTakes() throws Exception {
        var context = channel.pipeline().firstContext();
        int given = 0;
        for (; channel.config().isAutoRead(); given++) {
            inbox.channelRead(context, Unpooled.buffer(50).writeByte('x'));
        }
        assertTrue(given <= BOUND / 50, "taken in: " + given);
        for (ByteBuf b = inbox.poll(); b != null; b = inbox.poll()) b.release();
        assertTrue(channel.config().isAutoRead());
    }

    /** LESSONS 2: what comes although the socket is not read ends the connection. */
    @Test
    void aFloodEndsTheConnection() throws Exception {
        var context = channel.pipeline().firstContext();
        var given = new ArrayList<ByteBuf>();
        for (int i = 0; i < 100; i++) {
            ByteBuf buffer = Unpooled.buffer(500).writeZero(500);
            given.add(buffer);
            channel.eventLoop().submit(() -> inbox.channelRead(context, buffer)).sync();
            assertTrue(inbox.held() <= 4 * BOUND, "held: " + inbox.held());
        }
        assertEquals(Inbox.End.CUT, inbox.end());
        assertTrue(channel.closeFuture().await(20, TimeUnit.SECONDS));
        int kept = 0;
        for (ByteBuf b = inbox.poll(); b != null; b = inbox.poll(), kept++) b.release();
        assertTrue(kept > 0, "the session reads what it has");
        for (ByteBuf buffer : given) assertEquals(0, buffer.refCnt());
    }

    /** An engine gives each record much room, and they come in one portion with the first. */
    @Test
    void shortRecordsInLargeBuffersAreNoFlood() throws Exception {
        var context = channel.pipeline().firstContext();
        inbox.channelRead(context, Unpooled.buffer(BOUND + 1).writeZero(BOUND + 1));
        for (int i = 0; i < 10; i++) {
            inbox.channelRead(context, Unpooled.buffer(4 * BOUND).writeByte('x'));
        }
        assertEquals(Inbox.End.OPEN, inbox.end());
        int octets = 0;
        for (ByteBuf b = inbox.poll(); b != null; b = inbox.poll()) {
            octets += b.readableBytes();
            b.release();
        }
        assertEquals(BOUND + 1 + 10, octets);
        assertEquals(0, inbox.held());
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private void takeAll(AtomicInteger taken) {
        while (taken.get() < ROUNDS) {
            ByteBuf buffer = inbox.poll();
            if (buffer == null) {
                Thread.yield();
            } else {
                buffer.release();
                taken.incrementAndGet();
            }
        }
    }
}
