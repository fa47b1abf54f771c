package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches that every buffer is released. Netty tells of one that was not when it has been collected
 * and another one is taken.
 */
final class Leaks implements AutoCloseable {

    private static final String PLANTED = "planted by the test";

    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final List<String> found = new CopyOnWriteArrayList<>();

    Leaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> found.add(records));
    }

    /** Asserts that nothing leaked so far; proves by leaks of its own that it would be told. */
    void assertNone() {
        for (int round = 1; round <= 2; round++) {
            plant(round);
            long wanted = round;
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> planted() >= wanted);
        }
        assertEquals(List.of(), found.stream().filter(each -> !each.contains(PLANTED)).toList());
    }

    private static void plant(int round) {
        // Netty tells of leaks with the same records once only.
        ByteBufAllocator.DEFAULT.directBuffer(16).touch(PLANTED + ", round " + round);
    }

    @SuppressWarnings("SystemGc") // a leak is seen only after a collection
    private long planted() {
        System.gc();
        ByteBuf another = ByteBufAllocator.DEFAULT.directBuffer(16);
        another.release();
        return found.stream().filter(each -> each.contains(PLANTED)).count();
    }

    @Override
    public void close() {
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(before);
    }
}
