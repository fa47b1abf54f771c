package dev.sobre.mail.rocksdb;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** So many octets a second, and no saving up while idle. Used by one thread. */
final class SteadyPace implements Pace {

    private static final long SECOND = 1_000_000_000;
    private static final long LEAST = 10_000_000; // shorter pauses are saved up for one

    private final long octetsPerSecond;
    private final LongSupplier nanos;
    private final LongConsumer pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long free; // when the disk has rested enough

    SteadyPace(long octetsPerSecond) {
        this.octetsPerSecond = octetsPerSecond;
        this.nanos = System::nanoTime;
        this.pause = this::waitUnlessStopped;
        this.free = nanos.getAsLong();
    }

    /**
     * @param nanos a clock
     * @param pause waits so many nanoseconds
     */
    SteadyPace(long octetsPerSecond, LongSupplier nanos, LongConsumer pause) {
        this.octetsPerSecond = octetsPerSecond;
        this.nanos = nanos;
        this.pause = pause;
        this.free = nanos.getAsLong();
    }

    @Override
    public void moved(long octets) {
        long now = nanos.getAsLong();
        if (free - now < 0) free = now;
        free += (long) ((double) octets / octetsPerSecond * SECOND);
        if (free - now > LEAST) pause.accept(free - now);
    }

    private void waitUnlessStopped(long nanoseconds) {
        try {
            boolean end = stopped.await(nanoseconds, TimeUnit.NANOSECONDS);
            if (end) free = nanos.getAsLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }
}
