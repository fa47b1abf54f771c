package dev.sobre.imap.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.UidSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3501 §9, piece by piece. */
class ImapReaderTest {

    @Test
    void readsACommandInOneLine() throws Exception {
        var in = BytesInput.reader("a.1 store 2:4,7,*:9 (\\Seen $Work) \"a \\\"b\\\\\" NIL\r\n");
        assertEquals("a.1", in.tag());
        in.space();
        assertEquals("STORE", in.keyword());
        in.space();
        assertEquals("2:4,7,9:12", in.sequenceSet().resolve(12).toString());
        in.space();
        assertEquals(List.of("\\Seen", "$Work"), in.flagList());
        in.space();
        assertEquals(Optional.of("a \"b\\"), in.nstring());
        in.space();
        assertEquals(Optional.empty(), in.nstring());
        in.endOfLine();
    }

    @Test
    void readsLiteralsInvitedAndNot() throws Exception {
        var octets = "{3}\r\na\r\n {4+}\r\n b\"c {0+}\r\n\r\n".getBytes(US_ASCII);
        var input = new BytesInput(octets);
        var in = new ImapReader(input.line(), input, new CommandLimits(1000, 1000, 1000));
        assertEquals("a\r\n", in.astring());
        in.space();
        assertEquals(" b\"c", in.astring());
        in.space();
        assertEquals("", in.astring());
        in.endOfLine();
        assertEquals(1, input.invitations);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "\"open",
                "\"bad\\escape\"",
                "{",
                "{}",
                "{x}",
                "{3",
                "{3}x",
                "{-1}",
                "{1++}",
                "{99999999999999999999}",
                "%",
                "a\0",
                "\"\0\"",
                "{1+}\r\n\0\r\n"
            })
    void refusesWhatIsNoString(String text) {
        assertThrows(
                BadMessage.class,
                () -> {
                    var in = BytesInput.reader(text);
                    in.astring();
                    in.endOfLine();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5, 1",
        "*, 5, 5",
        "*, 0, ''",
        "4:2, 5, 2:4",
        "7:*, 5, 5:7", // RFC 3501 §9: the last one, even when it is below
        "*:*, 5, 5",
        "'1,2,3,2', 5, 1:3",
        "'9,1:2', 5, '1:2,9'",
        "4294967295, 5, 4294967295"
    })
    void resolvesSequenceSets(String text, long largest, String expected) throws Exception {
        var in = BytesInput.reader(text);
        UidSet set = in.sequenceSet().resolve(largest);
        in.endOfLine();
        assertEquals(expected, set.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1:", ":1", "1,", ",", "1:2:3", "4294967296", "a", "1-2", "**"})
    void refusesWhatIsNoSet(String text) {
        assertThrows(
                BadMessage.class,
                () -> {
                    var in = BytesInput.reader(text);
                    in.sequenceSet();
                    in.endOfLine();
                });
    }

    @Test
    void readsDates() throws Exception {
        assertEquals(LocalDate.of(1994, 2, 1), BytesInput.reader("1-Feb-1994").date());
        assertEquals(LocalDate.of(2024, 2, 29), BytesInput.reader("\"29-feb-2024\"").date());
        assertEquals(
                Instant.parse("1996-07-17T09:44:25Z"),
                BytesInput.reader("\"17-Jul-1996 02:44:25 -0700\"").dateTime());
        assertEquals(
                Instant.parse("1996-07-07T01:14:25Z"),
                BytesInput.reader("\" 7-Jul-1996 02:44:25 +0130\"").dateTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"30-Feb-2026", "1-Foo-2026", "1-Feb-26", "001-Feb-2026", "x", "-Feb-2026"})
    void refusesDatesThatAreNone(String text) {
        assertThrows(BadMessage.class, () -> BytesInput.reader(text).date());
    }

    @Test
    void readsSections() throws Exception {
        var in = BytesInput.reader("[4.2.HEADER.FIELDS.NOT (From \"To\")] [] [1] [3.MIME] [TEXT]");
        assertEquals(
                new Section(List.of(4, 2), new Section.HeaderFields(List.of("From", "To"), true)),
                Section.parse(in));
        in.space();
        assertEquals(Section.of(new Section.Whole()), Section.parse(in));
        in.space();
        assertEquals(new Section(List.of(1), new Section.Whole()), Section.parse(in));
        in.space();
        assertEquals(new Section(List.of(3), new Section.Mime()), Section.parse(in));
        in.space();
        assertEquals(Section.of(new Section.BodyText()), Section.parse(in));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[0]",
                "[1.]",
                "[MIME]",
                "[1.FOO]",
                "[HEADER.FIELDS]",
                "[HEADER.FIELDS ()]",
                "[HEADER.FIELDS (a]",
                "[1..2]",
                "[TEXT.1]"
            })
    void refusesSectionsThatAreNone(String text) {
        assertThrows(BadMessage.class, () -> Section.parse(BytesInput.reader(text)));
    }

    @Test
    void dropsTheLiteralsOfARefusedCommand() throws Exception {
        var octets = "x {3+}\r\nabc {4+}\r\ndefg\r\nnext\r\n".getBytes(US_ASCII);
        var input = new BytesInput(octets);
        var in = new ImapReader(input.line(), input, new CommandLimits(1000, 1000, 1000));
        in.drop();
        assertArrayEquals("next".getBytes(US_ASCII), input.line());
    }

    @Test
    void givesUpOnMoreThanItMayDrop() {
        var in = BytesInput.reader("x {300+}\r\n", new CommandLimits(1000, 1000, 100));
        var refusal = assertThrows(BadMessage.class, in::drop);
        assertEquals(BadMessage.Weight.FATAL, refusal.weight());
    }

    /** LESSONS 2: a million tiny literals cost what one command may cost, and no more. */
    @Test
    void boundsTheCommandNotOnlyItsLiterals() {
        var in =
                BytesInput.reader("{1+}\r\na".repeat(100_000), new CommandLimits(8192, 4096, 8192));
        var refusal =
                assertThrows(
                        BadMessage.class,
                        () -> {
                            for (int i = 0; i < 100_000; i++) in.astring();
                        });
        assertEquals(BadMessage.Weight.TOO_BIG, refusal.weight());
        assertTrue(assertThrows(BadMessage.class, in::drop).weight() == BadMessage.Weight.FATAL);
    }
}
