package dev.sobre.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Octets in, keys out. {@code ^} in the table is ESC, {@code |} is CR, {@code $} LF, {@code 0} NUL.
 */
class KeysTest {

    @ParameterizedTest
    @CsvSource({
        "ab,         a b",
        "a|$b,       a ENTER b", // CR LF
        "a|0b,       a ENTER b", // CR NUL
        "a$b,        a ENTER b",
        "a|b,        a ENTER b",
        "||,         ENTER ENTER",
        "$$,         ENTER ENTER",
        "|$|$,       ENTER ENTER",
        "ä€😀,        ä € 😀",
        "^[A^[B^[C^[D, UP DOWN RIGHT LEFT",
        "^OA^OH^OF,  UP HOME END",
        "^[H^[F,     HOME END",
        "^[1~^[4~^[3~, HOME END DELETE",
        "^[7~^[8~,   HOME END",
        "^[1;5D^[1;5C, WORD_LEFT WORD_RIGHT",
        "^b^f,       WORD_LEFT WORD_RIGHT",
        "^[200~x^[201~, x", // bracketed paste
        "^[Zx,       x",
        "^|,         ENTER",
        "^[1|x,      ENTER x", // a sequence that broke off
        "^[1111111111111111111111111111111~x, x",
    })
    void decodes(String input, String keys) {
        String text =
                input.replace('^', '\u001b')
                        .replace('|', '\r')
                        .replace('$', '\n')
                        .replace("0b", "\0b");
        assertEquals(keys, keys(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void controlCharacters() {
        assertEquals(
                "HOME LEFT INTERRUPT DELETE_OR_END END RIGHT BACKSPACE COMPLETE CUT_TO_END REDRAW"
                        + " DOWN UP CUT_TO_START CUT_WORD PASTE BACKSPACE",
                keys(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 16, 21, 23, 25, 127, 0}));
    }

    @ParameterizedTest
    @CsvSource({
        "c0 af,          '� �'", // overlong: both octets are wrong
        "ed a0 80,       '�'", // a surrogate
        "f4 90 80 80,    '�'", // beyond Unicode
        "e2 82 61,       'a'", // broke off
        "80 61,          '� a'",
        "c2 9b 61,       'a'", // C1: an 8-bit CSI does nothing
        "fe,             '�'",
    })
    void brokenUtf8(String hex, String keys) {
        byte[] octets = new byte[hex.split(" ").length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
        }
        assertEquals(keys, keys(octets));
    }

    @Test
    void anyOctetsAreTaken() {
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] input = new byte[random.nextInt(300)];
            random.nextBytes(input);
            keys(input);
        }
    }

    private static String keys(byte[] octets) {
        var keys = new Keys();
        List<String> pressed = new ArrayList<>();
        for (byte octet : octets) {
            keys.take(octet & 0xff).map(KeysTest::show).ifPresent(pressed::add);
        }
        return String.join(" ", pressed);
    }

    private static String show(Key key) {
        return switch (key) {
            case Key.Typed typed -> Character.toString(typed.codePoint());
            case Key.Action action -> action.name();
        };
    }
}
