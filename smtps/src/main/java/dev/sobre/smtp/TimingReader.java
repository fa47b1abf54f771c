package dev.sobre.smtp;

import dev.sobre.mail.Timing;
import dev.sobre.mail.Timing.DeliverBy;
import dev.sobre.mail.Timing.Release;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a client asks of the time at which a mail arrives. */
final class TimingReader {

    private static final Optional<Release> NOT_HELD = Optional.empty();
    private static final Optional<DeliverBy> NO_TIME = Optional.empty();

    /** The shortest time that BY may give with R, in seconds (RFC 2852 §2). */
    static final int SHORTEST = 30;

    // RFC 2852 §4
    private static final Pattern BY =
            Pattern.compile("([+-]?[0-9]{1,9});([NR])(T?)", Pattern.CASE_INSENSITIVE);

    private TimingReader() {}

    /**
     * Takes BY (RFC 2852 §4), HOLDFOR and HOLDUNTIL (RFC 4865 §3) out of parameters.
     *
     * @param store whether there is a queue and are reports
     * @param longestHold how long a mail may wait; zero where there is no such parameter
     */
    static Timing read(
            Map<String, String> parameters, boolean store, Duration longestHold, Instant now)
            throws BadMessage {
        if (!store) return Timing.NONE;
        var value = Optional.ofNullable(parameters.remove("BY"));
        var by = value.isPresent() ? Optional.of(by(value.get(), now)) : NO_TIME;
        var release = longestHold.isZero() ? NOT_HELD : release(parameters, longestHold, now);
        if (by.isPresent() && release.isPresent() && isTooLate(release.get().at(), by.get())) {
            throw Asked.bad("the mail is to arrive before it may leave"); // RFC 4865 §5.2.2
        }
        return new Timing(release, by);
    }

    /** At the very time that it is to return there is no time left to send it. */
    private static boolean isTooLate(Instant release, DeliverBy by) {
        return by.returned() ? !release.isBefore(by.at()) : release.isAfter(by.at());
    }

    private static Optional<Release> release(
            Map<String, String> parameters, Duration longestHold, Instant now) throws BadMessage {
        var span = Optional.ofNullable(parameters.remove("HOLDFOR"));
        var time = Optional.ofNullable(parameters.remove("HOLDUNTIL"));
        if (span.isPresent() && time.isPresent()) {
            throw Asked.bad("HOLDFOR and HOLDUNTIL do not go together");
        }
        if (span.isPresent()) return Optional.of(after(span.get(), longestHold, now));
        return time.isPresent() ? Optional.of(at(time.get(), longestHold, now)) : NOT_HELD;
    }

    private static DeliverBy by(String value, Instant now) throws BadMessage {
        Matcher words = BY.matcher(value);
        if (!words.matches()) throw Asked.bad("BY wants seconds and R or N, as in BY=3600;N");
        long seconds = Long.parseLong(words.group(1));
        boolean returned = words.group(2).equalsIgnoreCase("R");
        if (returned && seconds <= 0) throw Asked.bad("BY with R wants a time that is left");
        if (returned && seconds < SHORTEST) {
            String why = "BY with R wants " + SHORTEST + " seconds at least";
            throw new BadMessage(Reply.of(555, "5.5.4", why));
        }
        return new DeliverBy(now.plusSeconds(seconds), returned, !words.group(3).isEmpty());
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
        if (!value.matches("[0-9]{4}-.*")) throw notUtc(); // RFC 3339 §5.6: years have four digits
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
