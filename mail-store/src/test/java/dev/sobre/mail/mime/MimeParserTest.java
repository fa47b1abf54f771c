package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.mime.MimeEntity.Parameter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MimeParserTest {

    /** In these tables {@code ~} is CRLF and {@code ^} is LF. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`Subject: x~~hello~`                       # text/plain|hello~|1",
                "`Subject: x^^hello^`                       # text/plain|hello^|1",
                "`Subject: x~~hello`                        # text/plain|hello|0",
                "`Subject: x~`                              # text/plain||0",
                "``                                         # text/plain||0",
                "`~`                                        # text/plain||0",
                "`~only a body~`                            # text/plain|only a body~|1",
                "`Content-Type: text~~x`                    # text/plain|x|0",
                "`Content-Type: (a)text(b) / (c)html;q~~x`  # text/html|x|0",
                "`Content-Type: multipart/mixed~~x`         # text/plain|x|0",
                "`Content-Type: multipart/mixed;boundary=b~~x` # text/plain|x|0",
                "`Content-Type: message/rfc822~~Subject: x~~y~` # message/rfc822[text/plain|y~|1]",
                "`Content-Type: message/rfc822~Content-Transfer-Encoding: BASE64~~eA==~`"
                        + " # application/octet-stream|eA==~|1",
                "`Content-Type: message/delivery-status~~a: b~` # message/delivery-status|a: b~|1",
            })
    void readsOneEntity(String message, String shape) {
        assertEquals(shape, Shape.of(wire(message)).replace("\r\n", "~"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // RFC 2046 §5.1.1: the line end before a delimiter belongs to the delimiter
                "`--b~~one~--b~~two~~--b--~` # multipart/mixed[text/plain|one|0 text/plain|two~|1]",
                "`pre~--b~~one~--b--~epi~--b~~no~` # multipart/mixed[text/plain|one|0]",
                "`--b~~one^--b^^two^--b--` # multipart/mixed[text/plain|one|0 text/plain|two|0]",
                // no last delimiter
                "`--b~~one~--b~~two~` # multipart/mixed[text/plain|one|0 text/plain|two~|1]",
                "`--b~~one~--b` # multipart/mixed[text/plain|one|0 text/plain||0]",
                // white space after, text after, more hyphens
                "`--b \t ~~one~--bc~--b-- ~` # multipart/mixed[text/plain|one~--bc|1]",
                "`--b~~one~---b~ --b~--b--x~--b--~`"
                        + " # multipart/mixed[text/plain|one~---b~ --b~--b--x|3]",
                // parts without a body, without a header, with nothing
                "`--b~A: b~--b~~--b~--b--~`"
                        + " # multipart/mixed[text/plain||0 text/plain||0 text/plain||0]",
                "`--b~Content-Type: image/png~~--b--~` # multipart/mixed[image/png||0]",
                // an inner multipart that is not ended
                "`--b~Content-Type: multipart/alternative; boundary=\"c\"~~--c~~x~--b~~y~--b--~`"
                        + " # multipart/mixed[multipart/alternative[text/plain|x|0] text/plain|y|0]",
                // the same boundary twice: the inner one has it until it ends
                "`--b~Content-Type: multipart/alternative; boundary=b~~--b~~x~--b--~--b~~y~--b--~`"
                        + " # multipart/mixed[multipart/alternative[text/plain|x|0] text/plain|y|0]",
                // an inner message ends with its part
                "`--b~Content-Type: message/rfc822~~Subject: s~~in~--b~~out~--b--~`"
                        + " # multipart/mixed[message/rfc822[text/plain|in|0] text/plain|out|0]",
            })
    void readsParts(String body, String shape) {
        String message = wire("Content-Type: multipart/mixed; boundary=b~~" + body);
        assertEquals(shape, Shape.of(message));
    }

    /** The line end before the delimiter ends a header here, of the message inside. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // a header and its empty line, a header alone, an empty line, nothing
                "`Subject: s~~` # `Subject: s~~` # ``",
                "`Subject: s~` # `Subject: s~` # ``",
                "`Subject: s^^` # `Subject: s^^` # ``",
                "`~` # `~` # ``",
                "`` # `` # ``",
                "`Subject: s~~~` # `Subject: s~~` # ``",
                "`Subject: s~~x~` # `Subject: s~~x` # `x`",
                // a message in a message, a multipart without its last delimiter in a message
                "`Content-Type: message/rfc822~~Subject: s~~`"
                        + " # `Content-Type: message/rfc822~~Subject: s~~` # `Subject: s~~`",
                "`Content-Type: multipart/mixed; boundary=c~~--c~Subject: s~~`"
                        + " # `Content-Type: multipart/mixed; boundary=c~~--c~Subject: s~~`"
                        + " # `--c~Subject: s~~`",
            })
    void aMessageWithoutABodyLiesInsideItsPart(String inner, String part, String body) {
        String start =
                "Content-Type: multipart/mixed; boundary=b~~--b~Content-Type: message/rfc822~~";
        for (String end : List.of("--b--~", "--b~~y~--b--", "--b")) {
            String message = wire(start + inner + end);
            var whole = Shape.parse(message);
            var outer = whole.children().getFirst();
            assertEquals(wire(part), message.substring((int) outer.bodyStart(), (int) outer.end()));
            assertEquals(lineFeeds(wire(part)), outer.lines());
            var inside = outer.children().getFirst();
            assertEquals(
                    wire(body), message.substring((int) inside.bodyStart(), (int) inside.end()));
            assertEquals(lineFeeds(wire(body)), inside.lines());
            assertNested(whole);
        }
    }

    private static long lineFeeds(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static void assertNested(MimeEntity e) {
        assertTrue(e.headerStart() <= e.bodyStart() && e.bodyStart() <= e.end(), e::toString);
        for (var child : e.children()) {
            assertTrue(e.bodyStart() <= child.headerStart(), e::toString);
            assertTrue(child.end() <= e.end(), e::toString);
            assertNested(child);
        }
    }

    @Test
    void partsOfADigestAreMessages() { // RFC 2046 §5.1.5
        String message =
                wire(
                        "Content-Type: multipart/digest; boundary=b~~--b~~Subject: one~~x~"
                                + "--b~Content-Type: text/html~~y~--b--~");
        assertEquals(
                "multipart/digest[message/rfc822[text/plain|x|0] text/html|y|0]",
                Shape.of(message));
        var inner = Shape.parse(message).children().getFirst().children().getFirst();
        assertEquals(Optional.of("one"), inner.envelope().orElseThrow().subject());
    }

    @Test
    void offsetsLeadToTheOctets() {
        String message =
                wire("A: b~Content-Type: multipart/mixed; boundary=b~~--b~X: y~~body~--b--~end");
        var whole = Shape.parse(message);
        var part = whole.children().getFirst();
        assertEquals(0, whole.headerStart());
        assertEquals(message.length(), whole.end());
        assertEquals(message.indexOf("X: y"), part.headerStart());
        assertEquals(message.indexOf("body"), part.bodyStart());
        assertEquals(message.indexOf("body") + 4, part.end());
        assertEquals(5, whole.lines());
    }

    @Test
    void fieldsOfAPart() {
        var e =
                Shape.parse(
                        wire(
                                "Content-Type: Text/X-y; Charset=\"UTF-8\"; name*0=\"a b\";~"
                                        + " name*1=c; format = flowed (why)~"
                                        + "content-transfer-encoding: Quoted-Printable (x)~"
                                        + "Content-ID: <1@x>~"
                                        + "Content-Description: a =?utf-8?q?b?=~ \tc~"
                                        + "Content-MD5: abc==~"
                                        + "Content-Disposition: attachment; filename*=utf-8''%C3%A4~"
                                        + "Content-Language: en, de-DE~"
                                        + "Content-Location: http://x/~~"));
        assertEquals("Text", e.type());
        assertEquals("X-y", e.subtype());
        assertEquals(
                List.of(
                        new Parameter("Charset", "UTF-8"),
                        new Parameter("format", "flowed"),
                        new Parameter("name", "a bc")),
                e.parameters());
        assertEquals("Quoted-Printable", e.encoding());
        assertEquals(Optional.of("<1@x>"), e.contentId());
        assertEquals(Optional.of("a =?utf-8?q?b?= \tc"), e.description());
        assertEquals(Optional.of("abc=="), e.md5());
        var disposition = e.disposition().orElseThrow();
        assertEquals("attachment", disposition.type());
        assertEquals(
                List.of(new Parameter("filename*", "utf-8''%C3%A4")), disposition.parameters());
        assertEquals(List.of("en", "de-DE"), e.languages());
        assertEquals(Optional.of("http://x/"), e.location());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a*0=x;a*1=y            # a=xy",
                "a*1=y;a*0=x            # a=xy",
                "a*0*=utf-8'en'%41;a*1=b c;a*2*=%42 # a*=utf-8'en'%41b%20c%42",
                "a*0=x;a*1*=%41         # a*=''x%41",
                "a*0=x;a*2=z            # a=x",
                "a*1=x                  # ``",
                "a*99999=x              # a*99999=x",
                "a*0=x;a*0=y            # a=x",
                "a;b=;=c;d=\"e;f\"      # `b= d=e;f`",
            })
    void joinsContinuations(String given, String expected) { // RFC 2231 §3, §4.1
        var e = Shape.parse("Content-Type: text/plain;" + given + "\r\n\r\n");
        String shown =
                String.join(
                        " ", e.parameters().stream().map(p -> p.name() + "=" + p.value()).toList());
        assertEquals(expected, shown);
    }

    @Test
    void longLinesAndShortReadsMakeNoDifference() throws Exception {
        String message =
                wire("Subject: " + "s".repeat(100_000))
                        + wire("~Content-Type: multipart/mixed; boundary=b~~--b~~")
                        + "x".repeat(65_536 * 2)
                        + wire("\r~--b~~")
                        + "y".repeat(65_535 - 10)
                        + wire("~--b--~");
        var whole = Shape.parse(message);
        assertEquals(2, whole.children().size());
        assertEquals(65_536 * 2 + 1, whole.children().getFirst().bodyLength());
        assertEquals(65_525, whole.children().getLast().bodyLength());
        var slow = new SlowReader(BlobReader.of(message.getBytes(US_ASCII)));
        assertEquals(whole, MimeParser.parse(slow));
    }

    /** Lesson 4: a million levels are a hundred, and take no more time than other octets. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void nestingIsBounded() {
        var multiparts = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            multiparts.append("Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i);
            multiparts.append('\n');
        }
        assertEquals(StructureReader.DEEPEST, depth(Shape.parse(multiparts.toString())));
        String messages = "Content-Type: message/rfc822\n\n".repeat(1_000_000);
        assertEquals(StructureReader.DEEPEST, depth(Shape.parse(messages)));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void partsAreBounded() { // lesson 4
        String message =
                "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n".repeat(1000_000);
        assertEquals(StructureReader.MOST_PARTS, Shape.parse(message).children().size());
    }

    /** Lesson 5: what is kept of headers is bounded, however many and long they are. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void keptHeadersAreBounded() {
        assertTrue(subject(Shape.parse("Subject: " + "s".repeat(5_000_000) + "\n\n")) <= 262_144);
        String folded = "Subject: s\n" + " s\n".repeat(2_000_000) + "\n";
        assertTrue(subject(Shape.parse(folded)) <= 262_144);
        String part = "--b\nContent-Description: " + "d".repeat(100_000) + "\n\n";
        var many = Shape.parse("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(200));
        assertEquals(200, many.children().size());
        assertTrue(
                many.children().stream().mapToInt(c -> c.description().orElse("").length()).sum()
                        <= 2 * 1024 * 1024);
    }

    /** Lesson 5: the worst messages, of 4 MB each; quadratic work would take hours. */
    @ParameterizedTest
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    @CsvSource({
        "'To: a@b,\n'",
        "'To: (((((((((((((((\n'",
        "'To: \"\n'",
        "'To: <\n'",
        "'To: a:\n'",
        "'To: a:;\n'",
        "' @'",
        "'Content-Language: e,\n'",
        "' x*1=y;\n'",
        "'Content-Type: text/plain; x*0=y; x*1=z\n'",
        "'\n'",
        "'--\n'",
        "'----------------------------------------------\n'",
        "'\r'",
        "'\0'"
    })
    void timeGrowsWithLengthOnly(String piece) {
        String start = "Content-Type: multipart/mixed; boundary=\"-\"; a*0=b;\n";
        int count = 4_000_000 / piece.length();
        assertEquals(0, Shape.parse(start + piece.repeat(count)).headerStart());
        assertEquals(0, Shape.parse(start + "\n" + piece.repeat(count)).headerStart());
    }

    private static int subject(MimeEntity e) {
        return e.envelope().orElseThrow().subject().orElse("").length();
    }

    private static int depth(MimeEntity e) {
        int depth = 0;
        for (MimeEntity at = e; !at.children().isEmpty(); at = at.children().getFirst()) depth++;
        return depth;
    }

    private static String wire(String text) {
        return text.replace("~", "\r\n").replace("^", "\n");
    }

    /** Gives one octet at a time. */
    private record SlowReader(BlobReader all) implements BlobReader {
        @Override
        public long length() {
            return all.length();
        }

        @Override
        public int read(long offset, ByteBuffer into) throws java.io.IOException {
            int limit = into.limit();
            into.limit(into.position() + 1);
            int read = all.read(offset, into);
            into.limit(limit);
            return read;
        }

        @Override
        public void close() {}
    }
}
