package dev.sobre.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in; a line, and a screen as a terminal would show it, out. */
class LineEditorTest {

    private final CommandTable commands =
            new CommandTable(
                    List.of(
                            Command.named("status", (args, terminal) -> {}),
                            Command.named("start", (args, terminal) -> {})));
    private final LineEditor editor = new LineEditor(commands::complete);
    private final Screen screen = new Screen();
    private int width = 80;

    /** {@code <} left, {@code >} right, {@code ^x} Ctrl-x, {@code ~} delete, {@code ↑ ↓}. */
    @ParameterizedTest
    @CsvSource({
        "abc,            abc,     5",
        "ac<b,           abc,     4",
        "abc<<^h,        bc,      2",
        "abc<<~,         ac,      3",
        "bc^aa^ed,       abcd,    6",
        "abc^a~~,        c,       2",
        "abc^ux,         x,       3",
        "one two^w,      'one ',  6",
        "one two^w^w,    '',      2",
        "one two^w^y^y,  one twotwo, 12",
        "abcd<<^k,       ab,      4",
        "abcd<<^k^a^y,   cdab,    4",
        "abc<<<<<<x,     xabc,    3",
        "abc^h^h^h^h^hx, x,       3",
        "ab^dc^a^d,      bc,      2", // Ctrl-D deletes where there is something
        "äöü<^h,         äü,      3",
        "漢字<x,          漢x字,    5",
        "sta^i,          sta,     5", // start or status: a list, and the line again
        "stat^i,         'status ', 9",
        "he^iq^i,        'help quit ', 12",
        "x stat^i,       x stat,  8",
    })
    void edits(String keys, String line, int cursor) {
        type("", keys);
        assertEquals("> " + line, screen.row().stripTrailing() + trailing(line));
        assertEquals(cursor, screen.cursor());
        assertEquals(LineEditor.Outcome.LINE, editor.press(Key.Action.ENTER));
        assertEquals(line, editor.text());
    }

    @Test
    void theArrowsWalkThroughHistoryAndBackToTheDraft() {
        for (String line : List.of("first", "second", "second", "  ")) {
            type(line, "");
            editor.press(Key.Action.ENTER);
        }
        type("draft", "");
        assertEquals("> second", shown(Key.Action.UP));
        assertEquals("> first", shown(Key.Action.UP));
        assertEquals("> first", shown(Key.Action.UP));
        assertEquals("> second", shown(Key.Action.DOWN));
        assertEquals("> draft", shown(Key.Action.DOWN));
        assertEquals("> draft", shown(Key.Action.DOWN));
    }

    @Test
    void aSecretIsNeitherShownNorRemembered() {
        editor.begin("Password: ", LineEditor.Kind.SECRET);
        screen.see(editor.show(width));
        press("hunter2<<^w^y");
        assertEquals("Password: ", screen.row());
        assertFalse(screen.sent().contains("hunter"));
        assertEquals(LineEditor.Outcome.LINE, editor.press(Key.Action.ENTER));
        assertEquals("hunter2", editor.text());
        type("", "^y");
        assertEquals("> ", screen.row());
        assertEquals(">", shown(Key.Action.UP));
    }

    @Test
    void aLongLineScrollsInOneRow() {
        width = 20;
        type("", "0123456789abcdefghijklmnopqrstuvwxyz");
        assertEquals("> jklmnopqrstuvwxyz", screen.row());
        press("^a");
        assertEquals("> 0123456789abcdefg", screen.row().stripTrailing());
        assertEquals(2, screen.cursor());
        assertTrue(screen.widest() < width, "never wraps: " + screen.widest());
    }

    @Test
    void tooLongALineIsRefusedNotCut() {
        type("x".repeat(EditedLine.LIMIT), "");
        assertEquals(LineEditor.Outcome.LINE, editor.press(Key.Action.ENTER));
        type("x".repeat(EditedLine.LIMIT + 1), "");
        assertEquals(LineEditor.Outcome.TOO_LONG, editor.press(Key.Action.ENTER));
        type("short", "");
        assertEquals(LineEditor.Outcome.LINE, editor.press(Key.Action.ENTER));
    }

    @Test
    void controlCAndControlD() {
        type("abc", "");
        assertEquals(LineEditor.Outcome.INTERRUPTED, editor.press(Key.Action.INTERRUPT));
        type("", "");
        assertEquals(LineEditor.Outcome.END, editor.press(Key.Action.DELETE_OR_END));
    }

    @Test
    void tabListsWhatIsPossible() {
        type("", "st^i");
        assertEquals("> sta", screen.row()); // what they have in common
        press("^i");
        assertTrue(screen.sent().contains("\r\nstart  status\r\n"));
    }

    private String shown(Key key) {
        editor.press(key);
        screen.see(editor.show(width));
        return screen.row().stripTrailing();
    }

    private void type(String text, String keys) {
        screen.newRow();
        editor.begin("> ", LineEditor.Kind.COMMAND);
        screen.see(editor.show(width));
        text.codePoints().forEach(codePoint -> editor.press(new Key.Typed(codePoint)));
        screen.see(editor.show(width));
        press(keys);
    }

    private void press(String script) {
        var keys = new Keys();
        String octets = script.replace("<", "\u001b[D").replace("~", "\u001b[3~");
        for (int i = 0; i < octets.length(); ) {
            int codePoint = octets.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == '^') codePoint = octets.charAt(i++) & 0x1f;
            for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                keys.take(octet & 0xff).ifPresent(editor::press);
            }
            screen.see(editor.show(width));
        }
    }

    private static String trailing(String line) {
        return line.isEmpty() ? " " : line.substring(line.stripTrailing().length());
    }
}
