package dev.sobre.line.sasl;

import dev.sobre.mail.AccountId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/**
 * The logins that succeeded in the last moments, so that a mail client that opens five connections
 * costs one Argon2 hash. Keeps HMAC-SHA256 of account, stored hash and password under a key that
 * lives as long as the process: a changed password or a deleted account makes another entry, which
 * is not there. Only successes are kept, and a success does not prolong itself.
 */
final class RecentLogins {

    private final int capacity;
    private final long lifeNanos;
    private final LongSupplier nanoTime;
    private final ProcessKey key = new ProcessKey();

    /** When each entry dies; entries live equally long, so the oldest comes first. */
    private final LinkedHashMap<ByteBuffer, Long> deaths = new LinkedHashMap<>();

    RecentLogins(int capacity, Duration life, LongSupplier nanoTime) {
        this.capacity = life.isZero() ? 0 : capacity;
        this.lifeNanos = life.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether this very login succeeded a moment ago. */
    boolean holds(AccountId account, String stored, byte[] password) {
        if (capacity == 0) return false;
        var entry = key.mark(account.value(), stored, password);
        synchronized (deaths) {
            Long death = deaths.get(entry);
            return death != null && nanoTime.getAsLong() - death < 0;
        }
    }

    void add(AccountId account, String stored, byte[] password) {
        if (capacity == 0) return;
        var entry = key.mark(account.value(), stored, password);
        synchronized (deaths) {
            long now = nanoTime.getAsLong();
            deaths.remove(entry); // so that it is put behind the others again
            deaths.values().removeIf(death -> now - death >= 0);
            if (deaths.size() >= capacity) deaths.pollFirstEntry();
            deaths.put(entry, now + lifeNanos);
        }
    }

    void clear() {
        synchronized (deaths) {
            deaths.clear();
        }
    }

    int size() {
        synchronized (deaths) {
            return deaths.size();
        }
    }
}
