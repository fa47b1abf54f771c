package dev.sobre.mail.archive;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The line of an mbox that begins with {@code From } and stands before each message. */
final class Separator {

    static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST = 1000;
    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");
    private static final Pattern DATE =
            Pattern.compile(
                    " (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +([A-Z][a-z]{2}) +([0-9]{1,2})"
                            + " +([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: [A-Z]{1,5})?"
                            + "(?: ([+-][0-9]{4}))? +([0-9]{4})(?: ([+-][0-9]{4}))?");

    private Separator() {}

    /** The date of such a line; in UTC where it has no zone. */
    static Optional<Instant> date(String line) {
        if (line.length() > LONGEST) return Optional.empty();
        var found = DATE.matcher(line);
        if (!found.find()) return Optional.empty();
        String seconds = found.group(5) == null ? "0" : found.group(5);
        String zone = found.group(6) != null ? found.group(6) : found.group(8);
        try {
            var local =
                    LocalDateTime.of(
                            Integer.parseInt(found.group(7)),
                            MONTHS.indexOf(found.group(1)) + 1,
                            Integer.parseInt(found.group(2)),
                            Integer.parseInt(found.group(3)),
                            Integer.parseInt(found.group(4)),
                            Math.min(59, Integer.parseInt(seconds)));
            return Optional.of(
                    local.toInstant(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
