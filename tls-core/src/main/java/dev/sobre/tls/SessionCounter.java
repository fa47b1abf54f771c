package dev.sobre.tls;

import java.util.concurrent.atomic.LongAdder;

/** Counts handshakes from all event loops, without a lock. */
final class SessionCounter {
    private final LongAdder full = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void count(boolean offered, boolean continued) {
        var kind = continued ? resumed : offered ? refused : full;
        kind.increment();
    }

    SessionCounts counts(String listener) {
        return new SessionCounts(listener, full.sum(), resumed.sum(), refused.sum());
    }
}
