package dev.sobre.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line in, words out ({@code ,} between them; {@code open} where a quote is). */
class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '%',
            value = {
                "user add a       ; user,add,a",
                "%  user   add  % ; user,add",
                "''               ; %%",
                "a '' b           ; a,,b",
                "'a b' c          ; a b,c",
                "\"a b\" c        ; a b,c",
                "\"a 'b\" c       ; a 'b,c",
                "'a \"b\\' c      ; a \"b\\,c",
                "\"a \\\"b\\\"\"  ; a \"b\"",
                "\"a\\n\"         ; a\\n",
                "a\\ b c          ; a b,c",
                "a'b c'd          ; ab cd",
                "'a b             ; open",
                "\"a b            ; open",
                "a \\             ; open",
            })
    void splits(String line, String words) {
        assertEquals(words, Words.of(line).map(list -> String.join(",", list)).orElse("open"));
    }

    @ParameterizedTest
    @CsvSource({"''", "'   '"})
    void nothingIsNoWord(String line) {
        assertEquals(Optional.of(0), Words.of(line).map(java.util.List::size));
    }
}
