package dev.sobre.line.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongLoginsTest {

    private static final byte[] SECRET = "secret".getBytes(US_ASCII);
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.1");
    private static final Guesses TWO = new Guesses(2, Duration.ofMinutes(10));

    private final AtomicLong clock = new AtomicLong();
    private final WrongLogins wrong = new WrongLogins(TWO, clock::get);

    @Test
    void eachGuessCountsForItsTime() {
        wrong.add(THERE, 1, Optional.empty());
        pass(Duration.ofMinutes(4));
        assertFalse(wrong.putsOff(THERE, 3));
        wrong.add(THERE, 2, Optional.empty());
        assertTrue(wrong.putsOff(THERE, 3));
        assertFalse(wrong.putsOff(THERE, 1));
        pass(Duration.ofMinutes(6));
        assertFalse(wrong.putsOff(THERE, 3));
        wrong.add(THERE, 3, Optional.empty());
        assertTrue(wrong.putsOff(THERE, 1));
    }

    @Test
    void zeroPutsNobodyOff() {
        var any = new WrongLogins(new Guesses(0, Duration.ofMinutes(1)), clock::get);
        for (int i = 0; i < 100; i++) any.add(THERE, i, Optional.empty());
        assertFalse(any.putsOff(THERE, 100));
    }

    @Test
    void aLoginIsKnownByUserAndPassword() {
        long mark = wrong.mark("ann", SECRET);
        assertEquals(mark, wrong.mark("ann", SECRET));
        assertNotEquals(mark, wrong.mark("anns", "ecret".getBytes(US_ASCII)));
        assertNotEquals(mark, wrong.mark("bob", SECRET));
        assertNotEquals(mark, new WrongLogins(TWO, clock::get).mark("ann", SECRET));
    }

    @Test
    void whoGoesOnIsToldOfOnceInAWhile() {
        var tally = new Tally<String>(100, TWO);
        long minute = Duration.ofMinutes(1).toNanos();
        var told = new ArrayList<Integer>();
        for (int i = 0; i < 30; i++) if (tally.fills("ann", i, i * minute)) told.add(i);
        assertEquals(List.of(1, 11, 21), told);
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        var tally = new Tally<String>(100, TWO);
        for (int i = 0; i < 1000; i++) {
            tally.fills("last", i % 2, i);
            tally.fills("somebody" + i, 1, i);
            assertTrue(tally.size() <= 100);
        }
        assertFalse(tally.isFullWithout("somebody1", 2, 1000));
    }

    @Test
    void guessesHaveBounds() {
        for (int most : new int[] {-1, 1001}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new Guesses(most, Duration.ofMinutes(1)));
        }
        assertThrows(IllegalArgumentException.class, () -> new Guesses(1, Duration.ZERO));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
