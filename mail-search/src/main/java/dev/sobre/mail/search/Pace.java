package dev.sobre.mail.search;

import java.util.concurrent.TimeUnit;

/**
 * How fast messages may be indexed, so that making an index anew leaves the disk and the processor
 * to others: so many octets of text a second, none saved up for later.
 */
final class Pace {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long octetsPerSecond;
    private long free = System.nanoTime(); // when the next message may be read

    Pace(long octetsPerSecond) {
        this.octetsPerSecond = octetsPerSecond;
    }

    /** So much was indexed. */
    void took(long octets) {
        long begun = Math.max(free, System.nanoTime());
        free = begun + (long) (SECOND * octets / octetsPerSecond);
    }

    /** When more may be indexed, in {@link System#nanoTime}. */
    long free() {
        return free;
    }
}
