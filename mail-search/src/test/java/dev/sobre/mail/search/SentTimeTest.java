package dev.sobre.mail.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments of Date fields, good and bad. RFC 5256 §2.2. */
class SentTimeTest {

    @ParameterizedTest
    @CsvSource({
        "'31 Dec 2000 16:01:33 -0800', 2001-01-01T00:01:33Z",
        "'Wed, 17 Jul 1996 02:23:25 +0530 (IST)', 1996-07-16T20:53:25Z",
        "'1 Jan 2000 10:00 GMT', 2000-01-01T10:00:00Z",
        "'1 Jan 2000 10:00:00 EST', 2000-01-01T15:00:00Z",
        "'1 Jan 2000 10:00:00+0100', 2000-01-01T09:00:00Z",
        "'1 Jan 2000 10:00:00 nowhere', 2000-01-01T10:00:00Z",
        "'1 Jan 2000 10:00:00 +9999', 2000-01-01T10:00:00Z",
        "'1 Jan 2000 23:59:60 +0000', 2000-01-01T23:59:59Z",
        "'1 Jan 2000 25:00:00 +0100', 1999-12-31T23:00:00Z",
        "'1 Jan 2000', 2000-01-01T00:00:00Z",
        "'10:00:00 +0000', ",
        "'', "
    })
    void readsMoments(String date, Instant expected) {
        assertEquals(Optional.ofNullable(expected), SentTime.of(date));
    }
}
