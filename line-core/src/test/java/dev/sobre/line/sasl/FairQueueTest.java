package dev.sobre.line.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue<String, String> queue = new FairQueue<>(6);

    @Test
    void originsTakeTurns() {
        offerAll("a1", "a2", "a3", "b1", "c1", "c2");
        assertEquals(List.of("a1", "b1", "c1", "a2", "c2", "a3"), rest());
    }

    @Test
    void oneOriginAloneMayFillIt() {
        offerAll("a1", "a2", "a3", "a4", "a5", "a6");
        assertEquals(Optional.of("a7"), queue.offer("a", "a7"));
        assertEquals(6, queue.size());
    }

    @Test
    void aNewcomerPushesOutTheNewestOfWhoHoldsMost() {
        offerAll("a1", "a2", "a3", "a4", "a5", "b1");
        assertEquals(Optional.of("a5"), queue.offer("b", "b2"));
        assertEquals(Optional.of("a4"), queue.offer("b", "b3"));
        assertEquals(Optional.of("b4"), queue.offer("b", "b4"), "now each has a half");
        assertEquals(Optional.of("a3"), queue.offer("c", "c1"), "first come loses last");
        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "b3"), rest());
    }

    @Test
    void sixOriginsShareItAndTheSeventhMustWait() {
        offerAll("a1", "b1", "c1", "d1", "e1", "f1");
        assertEquals(Optional.of("g1"), queue.offer("g", "g1"));
        assertEquals(Optional.of("a1"), queue.poll());
        assertEquals(Optional.empty(), queue.offer("g", "g1"));
    }

    @Test
    void nothingIsKeptOfWhoHasGone() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Optional.empty(), queue.offer("origin" + i, "item"));
            assertEquals(Optional.of("item"), queue.poll());
        }
        assertTrue(queue.isEmpty());
        assertEquals(Optional.empty(), queue.poll());
    }

    private void offerAll(String... items) {
        for (var item : items) {
            assertEquals(Optional.empty(), queue.offer(item.substring(0, 1), item));
        }
    }

    private List<String> rest() {
        var rest = new ArrayList<String>();
        for (var next = queue.poll(); next.isPresent(); next = queue.poll()) rest.add(next.get());
        return rest;
    }
}
