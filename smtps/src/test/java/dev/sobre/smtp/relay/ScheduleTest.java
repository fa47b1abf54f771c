package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void eachWaitIsTwiceAsLongUpToTheLongest() {
        var random = new Random(1);
        long[] minutes = {5, 10, 20, 40, 80, 120, 120};
        for (int i = 0; i < minutes.length; i++) {
            Duration wait = Schedule.standard().after(i + 1, random);
            long middle = Duration.ofMinutes(minutes[i]).toMillis();
            assertTrue(Math.abs(wait.toMillis() - middle) <= middle / 5, wait.toString());
        }
        assertTrue(Schedule.standard().after(1_000_000, random).toMinutes() >= 96);
    }

    @Test // RFC 3461 §4
    void xtextGoesThereAndBack() {
        assertEquals("a+2Bb+3Dc+20d", Xtext.encode("a+b=c d"));
        assertEquals("a+b=c d", Xtext.decode("a+2Bb+3Dc+20d").orElseThrow());
        for (String bad : new String[] {"a b", "a=b", "+2", "+2b", "ä"}) {
            assertTrue(Xtext.decode(bad).isEmpty(), bad);
        }
    }
}
