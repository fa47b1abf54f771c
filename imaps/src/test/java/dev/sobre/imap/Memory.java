package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** How much memory is in use. */
final class Memory {
    private Memory() {}

    /** What is closed is let go by cleaners, and collected in the round after. */
    private static final int ROUNDS = 4;

    /** What lies on the heap and in Netty's buffers; the engines' own is not seen. */
    static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) least = Math.min(least, collected());
        return least;
    }

    /** That no more than so much came to what was in use before. */
    static void assertGrownLess(long before, long most) {
        long grown = used() - before;
        assertTrue(grown < most, () -> "memory grew by " + grown);
    }

    @SuppressWarnings("SystemGc") // what is garbage is not in use
    private static long collected() {
        System.gc();
        var memory = Runtime.getRuntime();
        long buffers =
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                        .metric()
                        .usedDirectMemory();
        return memory.totalMemory() - memory.freeMemory() + buffers;
    }
}
