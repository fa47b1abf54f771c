package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.imap.wire.Section;
import dev.sobre.mail.mime.EncodedWords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with the headers of messages: choosing fields, decoding words. */
class TextTest {

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
