package dev.sobre.mail.rocksdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Bodies of which something is wrong, by their names. */
final class Suspects {

    private final Map<Long, Set<Long>> offsets = new HashMap<>(); // by segment

    void add(long segment, long offset) {
        offsets.computeIfAbsent(segment, _ -> new HashSet<>()).add(offset);
    }

    boolean has(long segment, long offset) {
        return offsets.getOrDefault(segment, Set.of()).contains(offset);
    }

    Set<Long> segments() {
        return offsets.keySet();
    }
}
