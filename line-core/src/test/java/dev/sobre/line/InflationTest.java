package dev.sobre.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is compressed here can be read there, and costs little memory. */
class InflationTest {

    private static final int MUCH = 64 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Inbox inbox = new Inbox(channel, new Inbox.Room(1 << 20, 1 << 20));
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Inflation inflation = new Inflation(inbox, allocator);

    InflationTest() {
        channel.pipeline().addLast(inbox);
    }

    @AfterEach
    void close() {
        channel.close();
    }

    private void come(ByteBuf compressed) {
        ChannelHandlerContext context = channel.pipeline().firstContext();
        inbox.channelRead(context, compressed);
    }

    private long memory() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    /** LESSONS 2: 64 MiB in some KiB are taken by pieces, never held. */
    @Test
    void aBombIsTakenByPieces() throws Exception {
        ByteBuf plain = allocator.directBuffer(MUCH).writeZero(MUCH);
        ByteBuf compressed = Deflation.of(plain, allocator);
        ByteBuf sent = allocator.directBuffer(compressed.readableBytes()).writeBytes(compressed);
        compressed.release();
        assertTrue(sent.readableBytes() < 1 << 20, "compressed: " + sent.readableBytes());
        come(sent);
        long octets = 0;
        for (ByteBuf piece = inflation.poll(); piece != null; piece = inflation.poll()) {
            octets += piece.readableBytes();
            assertTrue(memory() <= sent.capacity() + (8 << 10), "held: " + memory());
            piece.release();
        }
        assertEquals(MUCH, octets);
        inflation.release();
        assertEquals(0, memory());
    }

    @Test
    void everyBufferCanBeReadWhole() throws Exception {
        var random = new Random(1951);
        for (int size : new int[] {1, 2, 63, 64, 65, 1000, 8191, 8192, 8193, 32768, 100_000}) {
            byte[] noise = new byte[size];
            if (size % 2 == 0) random.nextBytes(noise);
            come(Deflation.of(allocator.directBuffer(size).writeBytes(noise), allocator));
            ByteBuf got = allocator.heapBuffer();
            for (ByteBuf piece = inflation.poll(); piece != null; piece = inflation.poll()) {
                got.writeBytes(piece);
                piece.release();
            }
            assertEquals(allocator.heapBuffer(size).writeBytes(noise), got);
        }
        inflation.release();
    }

    @Test
    void aPartIsWaitedForAndAnEndIsAnEnd() throws Exception {
        byte[] text = "1 NOOP\r\n".getBytes(US_ASCII);
        ByteBuf compressed = Deflation.of(allocator.directBuffer().writeBytes(text), allocator);
        int octets = compressed.readableBytes();
        come(compressed.readRetainedSlice(1));
        assertNull(inflation.poll());
        come(compressed.readRetainedSlice(octets - 1));
        compressed.release();
        ByteBuf got = inflation.poll();
        assertEquals(text.length, got == null ? 0 : got.readableBytes());
        come(allocator.directBuffer().writeBytes(new byte[] {3, 0})); // a last block of nothing
        assertThrows(EndOfStream.class, inflation::poll);
        inflation.release();
        // The native memory is gone, and not for the collector to find.
        assertThrows(IllegalStateException.class, inflation::poll);
    }
}
