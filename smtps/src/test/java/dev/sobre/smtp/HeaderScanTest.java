package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.mime.Outlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where fields that lack are put, and which are left out. */
class HeaderScanTest {

    @Test
    void putsWhatLacksAtTheEndOfTheHeader() throws IOException {
        becomes("From: a\r\n\r\nDate: no\r\n", "From: a\r\nX: [from]\r\n\r\nDate: no\r\n");
        becomes("From: a\r\nDate : b\r\n\r\n", "From: a\r\nDate : b\r\nX: [date, from]\r\n\r\n");
        becomes("S: a\r\n Date: b\r\n\r\n", "S: a\r\n Date: b\r\nX: []\r\n\r\n");
        becomes("\r\ntext\r\n", "X: []\r\n\r\ntext\r\n");
    }

    @Test
    void leavesOutFieldsWithTheirFoldedLines() throws IOException {
        becomes(
                "From: a\r\nBcc: b,\r\n c\r\n\td\r\nS: e\r\n\r\nBcc: f\r\n",
                "From: a\r\nS: e\r\nX: [from]\r\n\r\nBcc: f\r\n");
        becomes("bCC : b\r\nDROP:\r\nFrom: a\r\n g\r\n", "From: a\r\n g\r\nX: [from]\r\n");
        becomes("S: a\r\nBcc: b\r\n\r\ntext\r\n", "S: a\r\nX: []\r\n\r\ntext\r\n");
        becomes("Bcc: b\r\n\r\ntext\r\n", "X: []\r\n\r\ntext\r\n");
        becomes("Bcc: b", "X: []\r\n");
        becomes("Bcc2: b\r\nBc: c\r\n\r\n", "Bcc2: b\r\nBc: c\r\nX: []\r\n\r\n");
        becomes("Bcc: b\r\nno field\r\n", "X: []\r\n\r\nno field\r\n");
    }

    @Test
    void aHeaderMayHaveNoEnd() throws IOException {
        becomes("From: a\r\n", "From: a\r\nX: [from]\r\n");
        becomes("", "X: []\r\n");
    }

    @Test
    void textWithoutAHeaderGetsAnEmptyLine() throws IOException {
        becomes("Dear all,\r\nhello\r\n", "X: []\r\n\r\nDear all,\r\nhello\r\n");
        becomes(" : x\r\n", "X: []\r\n\r\n : x\r\n");
        becomes(": x\r\n", "X: []\r\n\r\n: x\r\n");
        becomes("a".repeat(200) + ": b\r\n", "X: []\r\n\r\n" + "a".repeat(200) + ": b\r\n");
    }

    @Test
    void textInTheMiddleEndsTheHeader() throws IOException {
        becomes(
                "From: a\r\nno field\r\nDate: b\r\n",
                "From: a\r\nX: [from]\r\n\r\nno field\r\nDate: b\r\n");
        becomes(
                "From: a\r\nnofield\r\n\r\nb\r\n",
                "From: a\r\nX: [from]\r\n\r\nnofield\r\n\r\nb\r\n");
        String longName = "a".repeat(200) + ": b\r\n";
        becomes(
                "From: a\r\n" + longName + "Bcc: c\r\nFrom: d\r\n",
                "From: a\r\nX: [from]\r\n\r\n" + longName + "Bcc: c\r\nFrom: d\r\n");
    }

    private static void becomes(String input, String expected) throws IOException {
        assertEquals(expected, scan(input, input.length() + 1));
        for (int size = 1; size < 9; size++)
            assertEquals(expected, scan(input, size), "by " + size);
    }

    private static String scan(String input, int size) throws IOException {
        var out = new ByteArrayOutputStream();
        Outlet run =
                octets -> {
                    byte[] bytes = new byte[octets.remaining()];
                    octets.get(bytes);
                    out.write(bytes);
                };
        var scan =
                new HeaderScan(
                        Set.of("bcc", "drop"),
                        Set.of("from", "date"),
                        seen -> "X: " + seen.keySet().stream().sorted().toList() + "\r\n");
        byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < octets.length; at += size) {
            int length = Math.min(size, octets.length - at);
            scan.take(ByteBuffer.wrap(octets).slice(at, length), run);
        }
        scan.finish(run);
        return out.toString(StandardCharsets.US_ASCII);
    }
}
