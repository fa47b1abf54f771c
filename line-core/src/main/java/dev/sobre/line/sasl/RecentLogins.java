package dev.sobre.line.sasl;

import dev.sobre.mail.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
    private final SecretKeySpec key;

    /** When each entry dies; entries live equally long, so the oldest comes first. */
    private final LinkedHashMap<ByteBuffer, Long> deaths = new LinkedHashMap<>();

    RecentLogins(int capacity, Duration life, LongSupplier nanoTime) {
        this.capacity = life.isZero() ? 0 : capacity;
        this.lifeNanos = life.toNanos();
        this.nanoTime = nanoTime;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Whether this very login succeeded a moment ago. */
    boolean holds(AccountId account, String stored, byte[] password) {
        if (capacity == 0) return false;
        var entry = entry(account, stored, password);
        synchronized (deaths) {
            Long death = deaths.get(entry);
            return death != null && nanoTime.getAsLong() - death < 0;
        }
    }

    void add(AccountId account, String stored, byte[] password) {
        if (capacity == 0) return;
        var entry = entry(account, stored, password);
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

    private ByteBuffer entry(AccountId account, String stored, byte[] password) {
        byte[] storedOctets = stored.getBytes(StandardCharsets.UTF_8);
        var fixed = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        fixed.putLong(account.value()).putInt(storedOctets.length); // so that the parts can't shift
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(fixed.array());
            mac.update(storedOctets);
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every Java has HmacSHA256", broken);
        }
    }
}
