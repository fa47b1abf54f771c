package dev.sobre.line.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentLoginsTest {

    private static final AccountId ANN = new AccountId(1);
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final RecentLogins recent =
            new RecentLogins(3, Duration.ofNanos(100), clock::incrementAndGet);

    @Test
    void onlyTheSameLoginIsRemembered() {
        recent.add(ANN, "hash", SECRET);
        assertTrue(recent.holds(ANN, "hash", SECRET));
        assertFalse(recent.holds(ANN, "hash", "Secret".getBytes(UTF_8)));
        assertFalse(recent.holds(ANN, "other hash", SECRET), "the password was changed");
        assertFalse(recent.holds(new AccountId(2), "hash", SECRET));
        assertFalse(recent.holds(ANN, "hashs", "ecret".getBytes(UTF_8)), "parts don't shift");
    }

    @Test
    void anEntryDiesAtItsTimeThoughItIsUsed() {
        recent.add(ANN, "hash", SECRET);
        for (int i = 0; i < 50; i++) assertTrue(recent.holds(ANN, "hash", SECRET));
        clock.addAndGet(50);
        assertFalse(recent.holds(ANN, "hash", SECRET));
        recent.add(new AccountId(2), "hash", SECRET);
        assertEquals(1, recent.size(), "the dead make room");
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (long id = 1; id <= 4; id++) recent.add(new AccountId(id), "hash", SECRET);
        assertEquals(3, recent.size());
        assertFalse(recent.holds(new AccountId(1), "hash", SECRET));
        assertTrue(recent.holds(new AccountId(2), "hash", SECRET));
        recent.clear();
        assertFalse(recent.holds(new AccountId(2), "hash", SECRET));
    }

    @Test
    void zeroNeverRemembers() {
        var none = new RecentLogins(3, Duration.ZERO, clock::get);
        none.add(ANN, "hash", SECRET);
        assertFalse(none.holds(ANN, "hash", SECRET));
        assertEquals(0, none.size());
    }
}
