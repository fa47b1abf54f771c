package dev.sobre.imap.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** IMAP's dates (RFC 3501 §9: date, date-time). */
final class ImapDates {

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private ImapDates() {}

    /** {@code 1-Feb-1994} or {@code 01-Feb-1994}. */
    static LocalDate date(String text) throws BadMessage {
        int day = text.indexOf('-');
        if (day < 1 || day > 2 || text.length() != day + 9 || text.charAt(day + 4) != '-') {
            throw new BadMessage("a date looks like 1-Feb-1994");
        }
        try {
            return LocalDate.of(
                    digits(text, day + 5, day + 9),
                    month(text.substring(day + 1, day + 4)),
                    digits(text, 0, day));
        } catch (DateTimeException e) {
            throw new BadMessage("there is no such date");
        }
    }

    /** {@code 17-Jul-1996 02:44:25 -0700}, with a space for a leading zero of the day. */
    static Instant dateTime(String text) throws BadMessage {
        if (text.length() != 26
                || text.charAt(2) != '-'
                || text.charAt(6) != '-'
                || text.charAt(11) != ' '
                || text.charAt(14) != ':'
                || text.charAt(17) != ':'
                || text.charAt(20) != ' ') {
            throw new BadMessage("a date and time looks like \"17-Jul-1996 02:44:25 -0700\"");
        }
        try {
            var local =
                    LocalDateTime.of(
                            digits(text, 7, 11),
                            month(text.substring(3, 6)),
                            digits(text, text.charAt(0) == ' ' ? 1 : 0, 2),
                            digits(text, 12, 14),
                            digits(text, 15, 17),
                            Math.min(digits(text, 18, 20), 59)); // a leap second
            int minutes = digits(text, 22, 24) * 60 + digits(text, 24, 26);
            return switch (text.charAt(21)) {
                case '+' -> local.toInstant(ZoneOffset.ofTotalSeconds(minutes * 60));
                case '-' -> local.toInstant(ZoneOffset.ofTotalSeconds(-minutes * 60));
                default -> throw new BadMessage("a zone looks like +0100");
            };
        } catch (DateTimeException e) {
            throw new BadMessage("there is no such date and time");
        }
    }

    /** The date-time in UTC, 26 octets without the quotes. */
    static byte[] format(Instant instant) {
        LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        byte[] out = "00-Xxx-0000 00:00:00 +0000".getBytes(StandardCharsets.US_ASCII);
        put(out, 0, t.getDayOfMonth());
        byte[] month = MONTHS[t.getMonthValue() - 1].getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(month, 0, out, 3, 3);
        int year = Math.clamp(t.getYear(), 0, 9999);
        put(out, 7, year / 100);
        put(out, 9, year % 100);
        put(out, 12, t.getHour());
        put(out, 15, t.getMinute());
        put(out, 18, t.getSecond());
        return out;
    }

    private static void put(byte[] out, int at, int value) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }

    private static int digits(String text, int from, int to) throws BadMessage {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') throw new BadMessage("a date has a character out of place");
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static int month(String name) throws BadMessage {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.length; i++) {
            if (MONTHS[i].toLowerCase(Locale.ROOT).equals(wanted)) return i + 1;
        }
        throw new BadMessage("there is no month of that name");
    }
}
