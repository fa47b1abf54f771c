package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.smtp.DataFramer.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the framer makes of octets, however they are cut. */
class DataFramerTest {

    private record Framed(String content, Flaw flaw, boolean ended, String rest) {}

    @Test
    void findsTheEndAndTakesTheDotsAway() throws IOException {
        everyCut("a\r\n.\r\n", new Framed("a\r\n", Flaw.NONE, true, ""));
        everyCut(".\r\n", new Framed("", Flaw.NONE, true, ""));
        everyCut("a\r\n.\r\nQUIT\r\n", new Framed("a\r\n", Flaw.NONE, true, "QUIT\r\n"));
        everyCut("..\r\n.\r\n", new Framed(".\r\n", Flaw.NONE, true, ""));
        everyCut("a\r\n..b\r\n.c\r\n.\r\n", new Framed("a\r\n.b\r\nc\r\n", Flaw.NONE, true, ""));
        everyCut("a.\r\n\r\n.\r\n", new Framed("a.\r\n\r\n", Flaw.NONE, true, ""));
        everyCut("\r\n.\r\n", new Framed("\r\n", Flaw.NONE, true, ""));
        everyCut("a\r\n.", new Framed("a\r\n", Flaw.NONE, false, ""));
    }

    @Test
    void lesson1NothingButCrlfDotCrlfEndsAMessage() throws IOException {
        for (String before : List.of("", "\r", "\n", "\r\n", "\0", "\r\0\n")) {
            for (String after : List.of("", "\r", "\n", "\r\n", "\0", "\r\0\n")) {
                String middle = before + "." + after;
                String input = "a" + middle + "b\r\nMAIL FROM:<x@y>\r\n.\r\nQUIT\r\n";
                boolean ends = before.equals("\r\n") && after.equals("\r\n");
                for (List<String> cut : cuts(input)) {
                    Framed framed = frame(cut);
                    assertTrue(framed.ended, input);
                    if (ends) {
                        assertEquals("a\r\n", framed.content);
                        assertEquals(Flaw.NONE, framed.flaw);
                        assertTrue(framed.rest.startsWith("b\r\n"), framed.rest);
                    } else {
                        assertEquals("QUIT\r\n", framed.rest, input);
                        assertEquals(flaw(middle), framed.flaw, input);
                    }
                }
            }
        }
    }

    /** The first flaw of a text, found another way. */
    private static Flaw flaw(String text) {
        String rest = text.replace("\r\n", "");
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '\r' || c == '\n') return Flaw.BARE_LINE_END;
            if (c == '\0') return Flaw.NUL;
        }
        return Flaw.NONE;
    }

    @Test
    void linesMayBeLongButNotWithoutEnd() throws IOException {
        String longest = "x".repeat(DataFramer.LONGEST_LINE);
        assertEquals(Flaw.NONE, frame(List.of(longest + "\r\n" + longest + "\r\n.\r\n")).flaw);
        Framed over = frame(List.of(longest + "x\r\n.\r\nNOOP\r\n"));
        assertEquals(Flaw.LINE_TOO_LONG, over.flaw);
        assertEquals("NOOP\r\n", over.rest);
    }

    private static void everyCut(String input, Framed expected) throws IOException {
        for (List<String> cut : cuts(input)) assertEquals(expected, frame(cut), cut.toString());
        assertFalse(cuts(input).isEmpty());
    }

    /** The input whole, cut at every place, and octet by octet. */
    private static List<List<String>> cuts(String input) {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < input.length(); i++) {
            all.add(List.of(input.substring(0, i), input.substring(i)));
        }
        all.add(input.chars().mapToObj(Character::toString).toList());
        return all;
    }

    private static Framed frame(List<String> parts) throws IOException {
        var framer = new DataFramer();
        var content = new ByteArrayOutputStream();
        var rest = new StringBuilder();
        for (String part : parts) {
            var in = ByteBuffer.wrap(part.getBytes(StandardCharsets.ISO_8859_1)).asReadOnlyBuffer();
            int taken = framer.ended() ? 0 : framer.take(in, run -> content.write(copy(run)));
            rest.append(part.substring(taken));
        }
        boolean whole = framer.flaw() == Flaw.NONE;
        String text = whole ? content.toString(StandardCharsets.ISO_8859_1) : "";
        return new Framed(text, framer.flaw(), framer.ended(), rest.toString());
    }

    private static byte[] copy(ByteBuffer octets) {
        byte[] bytes = new byte[octets.remaining()];
        octets.get(bytes);
        return bytes;
    }
}
