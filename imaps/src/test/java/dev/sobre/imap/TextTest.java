package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.imap.wire.Section;
import dev.sobre.mail.mime.EncodedWords;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with the text of messages: finding, days, header fields. */
class TextTest {

    @ParameterizedTest
    @CsvSource({
        "abc, xxABCxx, true",
        "aab, aaaab, true",
        "abab, abacabab, true",
        "abab, abacabaa, false",
        "ÄRGER, kein ärger, true",
        "'', '', true",
        "'', abc, true",
        "abc, ab, false",
        "straße, STRAßE, true"
    })
    void finds(String wanted, String text, boolean expected) throws Exception {
        assertEquals(expected, new Needle(wanted).isIn(text));
        assertEquals(expected, new Needle(wanted).isIn(new StringReader(text)));
    }

    @Test
    void findsAcrossPieces() throws Exception {
        var text = "x".repeat(4090) + "needle in the middle";
        assertEquals(true, new Needle("NEEDLE IN").isIn(new StringReader(text)));
    }

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
        assertEquals(Optional.ofNullable(expected), MessageDate.day(date));
    }

    @Test
    void choosesHeaderFields() {
        String header = "From: a\r\nReceived: x\r\n\ty\r\nfrom : b\r\nnonsense\r\nTo: c\r\n\r\n";
        assertEquals("From: a\r\nfrom : b\r\n\r\n", choose(header, false, "FROM"));
        assertEquals("Received: x\r\n\ty\r\n\r\n", choose(header, false, "received", "X"));
        assertEquals(
                "Received: x\r\n\ty\r\nnonsense\r\nTo: c\r\n\r\n", choose(header, true, "From"));
        assertEquals("\r\n", choose("", false, "From"));
        assertEquals("From: a\r\n", choose("From: a", false, "From"));
    }

    @Test
    void readsHeaderFields() {
        var fields =
                HeaderText.fields(
                        "Subject: =?UTF-8?Q?Gr=C3=BC?=\r\n =?UTF-8?Q?=C3=9Fe?=\r\nX:\r\n: no\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                List.of(new HeaderText.Field("Subject", "Grüße"), new HeaderText.Field("X", "")),
                fields);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus?=, Grüße aus",
        "=?iso-8859-1?q?a=FC?= b, aü b",
        "=?UTF-8*de?B?R3LDvA==?=  =?UTF-8?B?w59l?= x, Grüße x",
        "a =?UTF-8?Q?b?= c, a b c",
        "=?UTF-8?X?b?=, =?UTF-8?X?b?=",
        "=?UTF-8?Q?never ends, =?UTF-8?Q?never ends",
        "=?no such!?Q?a=FC?=, aü",
        "=?UTF-8?Q?=Z1?=, =Z1",
        "=?, =?"
    })
    void decodesEncodedWords(String text, String expected) {
        assertEquals(expected, EncodedWords.decode(text));
    }

    /** LESSONS 5: the worst header ends, too. */
    @Test
    void endsOnTheWorstHeader() {
        for (String worst : List.of("=?", "=?a?Q?", "=?a?Q??", "=?a?Q?b?= ", "?=", "=?a?")) {
            var text = worst.repeat(2_000_000 / worst.length());
            assertTrue(EncodedWords.decode(text).length() <= text.length());
        }
    }

    private static String choose(String header, boolean not, String... names) {
        var which = new Section.HeaderFields(List.of(names), not);
        byte[] octets = header.getBytes(StandardCharsets.US_ASCII);
        return new String(HeaderFilter.choose(octets, which), StandardCharsets.US_ASCII);
    }
}
