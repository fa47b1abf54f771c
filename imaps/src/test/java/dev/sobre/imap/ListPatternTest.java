package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3501 §6.3.8. */
class ListPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, a/b, true",
        "%, a/b, false",
        "%, ab, true",
        "a/%, a/b, true",
        "a/%, a/b/c, false",
        "a/*, a/b/c, true",
        "a*c, a/b/c, true",
        "a%c, a/b/c, false",
        "%/%, a/b, true",
        "*b, a/b, true",
        "*/b, b, false",
        "ab, ab, true",
        "ab, abc, false",
        "%*%, a/b/c, true",
        "inbox, INBOX, true",
        "inbox/%, INBOX/x, true",
        "Sent, sent, false",
        "'', x, false",
        "a%b%c, aXbYc, true",
        "a%b%c, aXbY/c, false"
    })
    void matches(String pattern, String name, boolean expected) {
        assertEquals(expected, ListPattern.of("", pattern).matches(name));
    }

    /** LESSONS 6: time is the product of the lengths, so that this ends. */
    @Test
    void endsOnTheWorstPattern() {
        var worst = ListPattern.of("", "%a*a".repeat(250));
        assertFalse(worst.matches("a".repeat(511) + "b"));
        assertFalse(ListPattern.of("", "*%".repeat(30_000) + "x").matches("a".repeat(512)));
    }
}
