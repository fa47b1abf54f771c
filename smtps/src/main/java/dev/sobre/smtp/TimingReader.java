package dev.sobre.smtp;

import dev.sobre.mail.Timing;
import dev.sobre.mail.Timing.Release;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Reads what a client asks of the time at which a mail arrives. */
final class TimingReader {

    private TimingReader() {}

    /**
     * Takes HOLDFOR and HOLDUNTIL (RFC 4865 §3) out of parameters.
     *
     * @param longestHold how long a mail may wait; zero where there is no such parameter
     */
    static Timing read(Map<String, String> parameters, Duration longestHold, Instant now)
            throws BadMessage {
        if (longestHold.isZero()) return Timing.NONE;
        var span = Optional.ofNullable(parameters.remove("HOLDFOR"));
        var time = Optional.ofNullable(parameters.remove("HOLDUNTIL"));
        if (span.isPresent() && time.isPresent()) {
            throw Asked.bad("HOLDFOR and HOLDUNTIL do not go together");
        }
        Optional<Release> release = Optional.empty();
        if (span.isPresent()) release = Optional.of(after(span.get(), longestHold, now));
        if (time.isPresent()) release = Optional.of(at(time.get(), longestHold, now));
        return new Timing(release, Optional.empty());
    }

    private static Release after(String value, Duration longest, Instant now) throws BadMessage {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw Asked.bad("HOLDFOR wants seconds, from 1 to " + longest.toSeconds());
        }
        var span = Duration.ofSeconds(Long.parseLong(value));
        if (span.compareTo(longest) > 0) throw tooLong(longest);
        return new Release(now.plus(span), "for;" + value);
    }

    /** A time that is over is no mistake: clocks differ, and mail may be late. */
    private static Release at(String value, Duration longest, Instant now) throws BadMessage {
        OffsetDateTime time;
        try {
            time = OffsetDateTime.parse(value);
        } catch (DateTimeException e) {
            throw notUtc();
        }
        if (!time.getOffset().equals(ZoneOffset.UTC)) throw notUtc();
        if (time.toInstant().isAfter(now.plus(longest))) throw tooLong(longest);
        return new Release(time.toInstant(), "until;" + value);
    }

    private static BadMessage notUtc() {
        return Asked.bad("HOLDUNTIL wants a time in UTC, as in 2026-12-24T18:00:00Z");
    }

    private static BadMessage tooLong(Duration longest) {
        return Asked.bad("mail is held for " + longest.toSeconds() + " seconds at most");
    }
}
