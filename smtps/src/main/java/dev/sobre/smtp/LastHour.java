package dev.sobre.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each of many did something within the last hour, counted by five minutes. Bounded: who
 * did it last the longest ago is forgotten first.
 *
 * @param <K> who
 */
final class LastHour<K> {

    private static final int KEPT = 10_000;
    private static final int PARTS = 12;
    private static final long PART = TimeUnit.MINUTES.toNanos(60 / PARTS);

    private static final class Counts {
        private final int[] parts = new int[PARTS];
        private long now;

        /** Empties the parts that lie an hour back. */
        int sum(long part) {
            for (long each = Math.max(now + 1, part - PARTS + 1); each <= part; each++) {
                parts[Math.floorMod(each, PARTS)] = 0;
            }
            now = Math.max(now, part);
            int sum = 0;
            for (int each : parts) sum += each;
            return sum;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<K, Counts> all =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Counts> eldest) {
                    return size() > KEPT;
                }
            };

    LastHour(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether somebody may do it once more, if {@code most} times an hour are the limit. */
    synchronized boolean admits(K who, int most) {
        if (most == 0) return true;
        Counts counts = all.get(who);
        return counts == null || counts.sum(part()) < most;
    }

    /**
     * Counts somebody who does it.
     *
     * @return how often within the hour
     */
    synchronized int add(K who) {
        Counts counts = all.computeIfAbsent(who, _ -> new Counts());
        long part = part();
        int before = counts.sum(part);
        counts.parts[Math.floorMod(part, PARTS)]++;
        return before + 1;
    }

    private long part() {
        return Math.floorDiv(nanoTime.getAsLong(), PART);
    }
}
