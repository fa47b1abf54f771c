package dev.sobre.mail.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/** The day in a Date field (RFC 5322 §3.3). */
final class SentDay {

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private SentDay() {}

    /** The first day, month and year in a row; time and zone are not looked at. */
    static Optional<LocalDate> of(String date) {
        var words = new StringTokenizer(date, " ,\t\r\n-");
        int day = 0;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            int month = month(word);
            if (month > 0 && day > 0 && words.hasMoreTokens()) {
                return of(year(words.nextToken()), month, day);
            }
            day = number(word);
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> of(int year, int month, int day) {
        if (year < 1) return Optional.empty();
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String word) {
        if (word.length() < 3) return 0;
        return MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    /** RFC 5322 §4.3: years of two or three digits. */
    private static int year(String word) {
        int year = number(word);
        if (word.length() == 2) return year < 50 ? 2000 + year : 1900 + year;
        return word.length() == 3 ? 1900 + year : year;
    }

    private static int number(String word) {
        if (word.length() > 4) return 0;
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') return 0;
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
