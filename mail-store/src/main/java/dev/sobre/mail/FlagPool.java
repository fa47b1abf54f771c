package dev.sobre.mail;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes equal flags one object, so that a million messages have a few of them. */
final class FlagPool {

    private static final int MOST = 1000; // combinations with keywords; then it starts anew
    private static final Flags[] SYSTEM = new Flags[1 << Flag.values().length];

    static {
        for (int bits = 0; bits < SYSTEM.length; bits++) SYSTEM[bits] = Flags.of(bits, List.of());
    }

    private final Map<Flags, Flags> known = new ConcurrentHashMap<>();

    Flags one(Flags flags) {
        if (flags.keywords().isEmpty() && flags.systemBits() < SYSTEM.length) {
            return SYSTEM[flags.systemBits()];
        }
        Flags same = known.get(flags);
        // Keywords that differ in case only are equal, but each keeps the case it came in.
        if (same != null) return same.words().equals(flags.words()) ? same : flags;
        if (known.size() >= MOST) known.clear();
        known.put(flags, flags);
        return flags;
    }
}
