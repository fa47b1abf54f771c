package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a mail expires and when its sender is warned. */
class TermsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Hours: of release and of the time to deliver by; then of expiry and of the warning. */
    @ParameterizedTest
    @CsvSource({
        "-, -,     120,  4",
        "10, -,    130,  14",
        "-10, -,   120,  4",
        "-, 2 R,   2,    4",
        "-, 200 R, 120,  4",
        "-, 2 N,   120,  2",
        "-, 6 N,   120,  4",
        "-, -1 N,  120, -1",
        "10, 11 N, 130,  11",
        "10, 20 N, 130,  14",
        "10, 11 R, 11,   14",
    })
    void timesFollowTheSender(String release, String by, long expires, long warn) {
        var terms = Terms.standard(START).withTiming(timing(release, by));
        assertEquals(START, terms.accepted());
        assertEquals(START.plus(Duration.ofHours(expires)), terms.expires());
        assertEquals(START.plus(Duration.ofHours(warn)), terms.warn());
    }

    /** RFC 2852 §4.1.3: our own warning does not stand in for the one by the sender's time. */
    @Test
    void whoIsToBeToldIsToldByTheirTimeToo() {
        var terms = Terms.standard(START).withTiming(timing("-", "6 N"));
        var once = terms.warned();
        assertEquals(START.plus(Duration.ofHours(6)), once.warn());
        assertEquals(Instant.MAX, once.warned().warn());
        assertEquals(Instant.MAX, Terms.standard(START).warned().warn());
        var returned = Terms.standard(START).withTiming(timing("-", "6 R"));
        assertEquals(Instant.MAX, returned.warned().warn());
    }

    private static Timing timing(String release, String by) {
        String[] words = by.split(" ");
        return new Timing(
                release.equals("-")
                        ? Optional.empty()
                        : Optional.of(new Timing.Release(at(release), "for;1")),
                by.equals("-")
                        ? Optional.empty()
                        : Optional.of(
                                new Timing.DeliverBy(at(words[0]), words[1].equals("R"), false)));
    }

    private static Instant at(String hours) {
        return START.plus(Duration.ofHours(Long.parseLong(hours)));
    }
}
