package dev.sobre.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3501 §5.1.3. */
class ModifiedUtf7Test {

    @ParameterizedTest
    @CsvSource({
        "INBOX, INBOX",
        "a&b, a&-b",
        "Entwürfe, Entw&APw-rfe",
        "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
        "💌, &2D3cjA-"
    })
    void encodesAndDecodes(String name, String encoded) {
        assertEquals(encoded, ModifiedUtf7.encode(name));
        assertEquals(Optional.of(name), ModifiedUtf7.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&", // a shift without end
                "&APw", // so too
                "&!-", // no base64
                "&AC8-", // an encoded slash
                "&AGEAYg-", // encoded printable characters
                "&2D0-", // half a surrogate pair
                "&APx-", // bits left over
                "&AP-", // a character cut short
                "&U,BTFw-&ZeVnLIqe-", // RFC 3501 §5.1.3: a superfluous shift
                "ü",
                "a\u0001"
            })
    void refusesWhatNoEncoderWrites(String text) {
        assertEquals(Optional.empty(), ModifiedUtf7.decode(text));
    }

    @Test
    void decodesWhatItEncodes() {
        var random = new Random(3501);
        for (int i = 0; i < 20_000; i++) {
            String name =
                    random.ints(random.nextInt(12), 0, 0x2000)
                            .mapToObj(c -> Character.toString(c % 3 == 0 ? c : c % 0x80))
                            .reduce("", String::concat);
            assertEquals(Optional.of(name), ModifiedUtf7.decode(ModifiedUtf7.encode(name)), name);
        }
    }
}
