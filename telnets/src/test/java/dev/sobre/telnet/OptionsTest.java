package dev.sobre.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of RFC 1143 §7: what we ask and hear, what we say. */
class OptionsTest {

    /** {@code on/off}: we ask for it; {@code +/-}: we hear it; then what we say, {@code .} none. */
    @ParameterizedTest
    @CsvSource({
        "+,            'DO'", // offered and agreeable
        "-,            '.'", // NO, and heard WONT: ignored
        "+ +,          'DO .'",
        "+ -,          'DO DONT'",
        "on +,         'DO .'",
        "on -,         'DO .'",
        "on on +,      'DO . .'",
        "on off +,     'DO . DONT'", // WANTYES with the opposite queued
        "on off + -,   'DO . DONT .'",
        "on off -,     'DO . .'",
        "on off on +,  'DO . . .'",
        "+ off -,      'DO DONT .'",
        "+ off +,      'DO DONT .'", // "DONT answered by WILL": an error of theirs
        "+ off on -,   'DO DONT . DO'",
        "+ off on +,   'DO DONT . .'",
        "+ off on - +, 'DO DONT . DO .'",
        "+ off on off -, 'DO DONT . . .'",
    })
    void theirSide(String script, String said) {
        assertEquals(said, play(script, 31));
    }

    @ParameterizedTest
    @CsvSource({"+, DONT", "+ + +, DONT DONT DONT", "-, '.'", "+ - +, DONT . DONT"})
    void whatWeDoNotWantIsRefused(String script, String said) {
        assertEquals(said, play(script, 39));
    }

    @Test
    void ourSideSpeaksOfWill() {
        var options = new Options(Set.of(1), Set.of());
        assertEquals(Code.WILL, options.offer(1, true).orElseThrow().verb());
        assertFalse(options.ours(1)); // not before they agree
        assertEquals(Optional.empty(), options.heard(new Heard.Negotiation(Code.DO, 1)));
        assertTrue(options.ours(1));
        assertEquals(
                Code.WONT, options.heard(new Heard.Negotiation(Code.DONT, 1)).orElseThrow().verb());
        assertFalse(options.ours(1));
        assertEquals(
                Code.WONT, options.heard(new Heard.Negotiation(Code.DO, 5)).orElseThrow().verb());
    }

    /** Two that answer each other come to rest and agree, whatever they asked for and when. */
    @Test
    void neverLoops() {
        var random = new Random(3);
        for (int round = 0; round < 5_000; round++) {
            var us = new Options(Set.of(1), Set.of(1));
            var them = new Options(Set.of(1), Set.of(1));
            Optional<Heard.Negotiation> toThem = Optional.empty();
            Optional<Heard.Negotiation> toUs = Optional.empty();
            int messages = 0;
            for (int step = 0; step < 40; step++) {
                if (step < 4 && toThem.isEmpty() && random.nextBoolean()) {
                    toThem = us.offer(1, random.nextBoolean());
                }
                if (step < 4 && toUs.isEmpty() && random.nextBoolean()) {
                    toUs = them.request(1, true);
                }
                if (toThem.isPresent()) messages++;
                if (toUs.isPresent()) messages++;
                var answerToUs = toThem.flatMap(them::heard);
                var answerToThem = toUs.flatMap(us::heard);
                toUs = answerToUs;
                toThem = answerToThem;
            }
            assertTrue(messages < 16, "came to rest: " + messages);
            assertEquals(us.ours(1), them.theirs(1));
        }
    }

    private static String play(String script, int option) {
        var options = new Options(Set.of(), Set.of(31));
        var said = new StringBuilder();
        for (String step : script.split(" ")) {
            Optional<Heard.Negotiation> answer =
                    switch (step) {
                        case "on" -> options.request(option, true);
                        case "off" -> options.request(option, false);
                        case "+" -> options.heard(new Heard.Negotiation(Code.WILL, option));
                        case "-" -> options.heard(new Heard.Negotiation(Code.WONT, option));
                        default -> throw new IllegalArgumentException(step);
                    };
            said.append(answer.map(n -> n.verb() == Code.DO ? "DO" : "DONT").orElse("."));
            said.append(' ');
        }
        return said.toString().strip();
    }
}
