package dev.sobre.mail.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days of Date fields, good and bad. */
class SentDayTest {

    @ParameterizedTest
    @CsvSource({
        "'Wed, 17 Jul 1996 02:23:25 -0700', 1996-07-17",
        "'1 Jan 2000 10:00 GMT', 2000-01-01",
        "'1 jan 99', 1999-01-01",
        "'1 Jan 26', 2026-01-01",
        "'Thu, 1-Jan-2026 00:00:00', 2026-01-01",
        "'Thu,  1   January 2026 00:00:00', 2026-01-01",
        "'31 Feb 2026', ",
        "'yesterday', ",
        "'', ",
        "'Jan 1 2026', "
    })
    void readsDays(String date, LocalDate expected) {
        assertEquals(Optional.ofNullable(expected), SentDay.of(date));
    }
}
