package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares who refers to bodies with how often they are counted, in a few octets for each segment:
 * both sides are summed up, one with the other sign, so that what agrees leaves nothing.
 */
final class References {

    private final Map<Long, Long> sums = new HashMap<>();

    /** A body, with its length, is referred to so many times (more). */
    void add(BlobRef body, long times) {
        long hash = mix(mix(body.offset()) + body.length());
        sums.merge(body.place(), hash * times, Long::sum);
    }

    /** The segments whose bodies are not counted as they are referred to. */
    Set<Long> unequal() {
        var unequal = new TreeSet<Long>();
        sums.forEach(
                (segment, sum) -> {
                    if (sum != 0) unequal.add(segment);
                });
        return unequal;
    }

    /** Spreads a number over all bits (SplitMix64). */
    private static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) | 1;
    }
}
