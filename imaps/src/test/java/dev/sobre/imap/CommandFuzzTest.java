package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.BytesInput;
import dev.sobre.imap.wire.CommandLimits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the octets: a command is read whole, or it is a BadMessage, and nothing else. */
class CommandFuzzTest {

    private static final CommandLimits LIMITS = new CommandLimits(4096, 4096, 4096);

    @FuzzTest(maxExecutions = 50_000)
    void aCommandIsReadOrRefused(byte[] octets) throws IOException {
        try {
            CommandSyntax.read(BytesInput.reader(octets, LIMITS));
        } catch (BadMessage refused) {
            assertTrue(refused.getMessage() != null);
        } catch (EOFException unfinished) {
            // A literal of which more is to come.
        }
    }

    /** What the fuzzer starts from reaches every command. */
    @Test
    void seedsAreCommands() throws Exception {
        var place = CommandFuzzTest.class.getResource("CommandFuzzTestInputs");
        if (place == null) throw new AssertionError("there are no seeds");
        int count = 0;
        try (var seeds = Files.walk(Path.of(place.toURI()))) {
            for (Path seed : seeds.filter(Files::isRegularFile).toList()) {
                var in = BytesInput.reader(Files.readAllBytes(seed), LIMITS);
                assertDoesNotThrow(() -> CommandSyntax.read(in), seed::toString);
                count++;
            }
        }
        assertEquals(48, count);
    }

    /** LESSONS 4: nesting is bounded, in time and in stack. */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "SEARCH ,(",
                "SEARCH ,'NOT '",
                "SEARCH ,'OR ALL '",
                "SEARCH RETURN ,(",
                "FETCH 1 ,(",
                "FETCH 1 BODY[,1.",
                "STORE 1 ,(",
                "NOTIFY SET ,(",
                "ESEARCH IN ,(",
                "SORT ,(",
                "LIST ,(",
                "SETMETADATA x ,("
            })
    void nestingIsBounded(String start, String again) {
        String text = "a " + start + again.repeat(1_000_000) + "\r\n";
        var in = BytesInput.reader(text.getBytes(ISO_8859_1), LIMITS);
        assertThrows(BadMessage.class, () -> CommandSyntax.read(in));
    }
}
