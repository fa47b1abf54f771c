package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The disk is used at a rate, on average, whatever the pieces are. */
class SteadyPaceTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = Long.MAX_VALUE - SECOND; // clocks may run over

    private long now = START;
    private int pauses;
    private final SteadyPace pace =
            new SteadyPace(
                    1_000_000,
                    () -> now,
                    nanos -> {
                        now += nanos;
                        pauses++;
                    });

    @Test
    void aRateIsKept() {
        for (int i = 0; i < 10_000; i++) pace.moved(1000);
        assertTrue(Math.abs(now - START - 10 * SECOND) < 20_000_000);
        assertTrue(pauses < 1000, "short pauses are saved up for one");
        pace.moved(3_000_000);
        assertTrue(Math.abs(now - START - 13 * SECOND) < 20_000_000);
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        now += 100 * SECOND;
        long due = now + 2 * SECOND;
        pace.moved(2_000_000);
        assertEquals(due, now);
    }
}
