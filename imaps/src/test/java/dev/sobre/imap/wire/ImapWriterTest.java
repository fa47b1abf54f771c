package dev.sobre.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.mime.MimeEntity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 3501 §9, from our side. */
class ImapWriterTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ImapWriter out = new ImapWriter(new Bytes(sent));

    @Test
    void choosesTheFormOfAString() throws Exception {
        out.string("plain").put(' ').string("a \"b\\\"").put(' ').string("").put(' ');
        out.string("ü").put(' ').string("a\r\nb").put(' ').string("a\0b");
        assertEquals(
                "\"plain\" \"a \\\"b\\\\\\\"\" \"\" {2}\r\nü {4}\r\na\r\nb {3}\r\na b\r\n", text());
    }

    @Test
    void writesValues() throws Exception {
        out.list(List.of("\\Answered", "\\Seen", "$Work"));
        out.put(' ').list(List.of()).put(' ').dateTime(Instant.parse("2026-01-02T03:04:05Z"));
        out.put(' ')
                .mailbox("Entwürfe")
                .put(' ')
                .mailbox("INBOX")
                .put(' ')
                .nstring(Optional.empty());
        out.put(' ').astring("NIL").put(' ').astring("a]b").put(' ').astring("a b");
        out.put(' ').number(0).put(' ').number(4294967295L);
        assertEquals(
                "(\\Answered \\Seen $Work) () \"02-Jan-2026 03:04:05 +0000\" \"Entw&APw-rfe\" INBOX"
                        + " NIL \"NIL\" a]b \"a b\" 0 4294967295\r\n",
                text());
    }

    @Test
    void numbersHaveAllTheirDigits() throws Exception {
        long[] numbers = {9, 10, 99, 100, 1_000_000_000, 2_147_483_647, 2_147_483_648L, -1};
        for (long number : numbers) out.number(number).put(' ');
        assertEquals("9 10 99 100 1000000000 2147483647 2147483648 -1 \r\n", text());
    }

    @Test
    void textIsOnePrintableLine() throws Exception {
        out.text("a\r\n* BYE ü");
        assertEquals("a??* BYE ?\r\n", text());
    }

    @Test
    void takesBackALine() throws Exception {
        out.put("* first").endLine();
        out.put("* secon");
        assertTrue(out.undoLine());
        out.put("* third");
        assertEquals("* first\r\n* third\r\n", text());
    }

    @Test
    void doesNotTakeBackWhatWasSent() throws Exception {
        out.put("* 1 FETCH (BODY[] ")
                .literal(BlobReader.of("body".getBytes(StandardCharsets.US_ASCII)), 1, 2);
        assertFalse(out.undoLine());
        out.put(')');
        assertEquals("* 1 FETCH (BODY[] {2}\r\nod)\r\n", text());
    }

    /** The grammar wants a body in every multipart, and an envelope in every message. */
    @Test
    void hollowStructures() throws Exception {
        StructureWriter.write(entity("multipart", "mixed"), false, out);
        out.put(' ');
        StructureWriter.write(entity("message", "rfc822"), false, out);
        assertEquals(
                "((\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0) \"mixed\") (\"message\" \"rfc822\""
                        + " NIL NIL NIL \"7BIT\" 5 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
                        + " (\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0) 1)\r\n",
                text());
    }

    private String text() throws IOException {
        out.endLine();
        out.handOn();
        return sent.toString(StandardCharsets.UTF_8);
    }

    private static MimeEntity entity(String type, String subtype) {
        return new MimeEntity(
                type,
                subtype,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "7BIT",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                10,
                15,
                1,
                Optional.empty(),
                List.of());
    }

    private record Bytes(ByteArrayOutputStream sent) implements ImapOutput {
        @Override
        public void write(byte[] octets, int from, int length) {
            sent.write(octets, from, length);
        }

        @Override
        public void writeBody(BlobReader body, long offset, long length) throws IOException {
            byte[] some = new byte[(int) length];
            assertEquals(length, body.read(offset, ByteBuffer.wrap(some)));
            sent.writeBytes(some);
        }
    }
}
