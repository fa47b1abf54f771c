package dev.sobre.mail.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The moment in a Date field (RFC 5322 §3.3), as far as it says one. RFC 5256 §2.2. */
final class SentTime {

    private static final int LONGEST = 200; // characters that are looked at

    private static final Pattern TIME =
            Pattern.compile(
                    "(?<![\\d:])(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?(?:\\.\\d{1,9})?(?![\\d:])"
                            + "(?: ?([+-]\\d{4}|[A-Za-z]{1,3})(?!\\w))?");

    // RFC 5322 §4.3: military zones were wrong so often that they are as good as none.
    private static final Map<String, Integer> ZONES =
            Map.of(
                    "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8,
                    "PDT", -7);

    private SentTime() {}

    /** Empty when there is no day; without a time it is midnight, without a zone it is UTC. */
    static Optional<Instant> of(String field) {
        String date = field.length() > LONGEST ? field.substring(0, LONGEST) : field;
        return SentDay.of(date).map(day -> at(day, date.replaceAll("\\s+", " ")));
    }

    private static Instant at(LocalDate day, String date) {
        Matcher found = TIME.matcher(date);
        if (!found.find()) return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        int hour = Integer.parseInt(found.group(1));
        int minute = Integer.parseInt(found.group(2));
        int second = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        boolean valid = hour < 24 && minute < 60 && second <= 60;
        var time = valid ? LocalTime.of(hour, minute, Math.min(second, 59)) : LocalTime.MIDNIGHT;
        return day.atTime(time).minusMinutes(zone(found.group(4))).toInstant(ZoneOffset.UTC);
    }

    /** Minutes east of Greenwich. */
    private static int zone(@Nullable String name) {
        if (name == null) return 0;
        if (name.charAt(0) != '+' && name.charAt(0) != '-') {
            return ZONES.getOrDefault(name.toUpperCase(Locale.ROOT), 0) * 60;
        }
        int number = Integer.parseInt(name.substring(1));
        if (number % 100 > 59) return 0;
        int minutes = number / 100 * 60 + number % 100;
        return name.charAt(0) == '-' ? -minutes : minutes;
    }
}
