package dev.sobre.mail.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding a text in another, which goes by in one piece or octet by octet. */
class NeedleTest {

    @ParameterizedTest
    @CsvSource({
        "abc, xxabcxx, true",
        "aab, aaaab, true",
        "abab, abacabab, true",
        "abab, abacabaa, false",
        "'', '', true",
        "'', abc, true",
        "abc, ab, false"
    })
    void finds(String wanted, String text, boolean expected) {
        var needle = new Needle(wanted);
        byte[] octets = Folding.of(text);
        assertEquals(expected, needle.isIn(octets, 0, octets.length));
        var passing = needle.new Stream();
        passing.start();
        for (byte each : octets) passing.put(each);
        assertEquals(expected, passing.found());
    }

    @ParameterizedTest
    @CsvSource({"a, ba, 0, 1, false", "a, ba, 1, 2, true", "ba, ba, 0, 1, false"})
    void looksBetweenTwoPlaces(String wanted, String text, int from, int to, boolean expected) {
        assertEquals(expected, new Needle(wanted).isIn(Folding.of(text), from, to));
    }
}
