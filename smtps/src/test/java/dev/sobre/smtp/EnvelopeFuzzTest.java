package dev.sobre.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;

/** What stands behind MAIL or RCPT, whatever it is: an address and parameters, or a refusal. */
class EnvelopeFuzzTest {

    @FuzzTest(maxExecutions = 30_000)
    void anArgumentIsReadOrRefused(byte[] octets) {
        String text = new String(octets, UTF_8);
        try {
            var reader = new PathReader(text, "FROM:", "5.1.7");
            var sender = reader.reversePath();
            if (sender.isPresent()) again(sender.get());
            Asked.of(Parameter.parse(reader.rest()), 1 << 20, true, Duration.ofDays(30));
        } catch (BadMessage refused) {
            words(refused);
        }
        try {
            var reader = new PathReader(text, "TO:", "5.1.3");
            var recipient = reader.forwardPath();
            if (!recipient.domain().isEmpty()) again(recipient);
            Wishes.of(Parameter.parse(reader.rest()), true);
        } catch (BadMessage refused) {
            words(refused);
        }
    }

    /** An address that was taken is written so that the next server reads the same. */
    private static void again(MailPath path) throws BadMessage {
        String written = "<" + path + ">";
        assertTrue(written.chars().noneMatch(c -> c < ' ' || c == 127), written);
        if (written.getBytes(UTF_8).length > 256 || path.local().getBytes(UTF_8).length > 64) {
            return; // quoting made it longer
        }
        assertEquals(path, new PathReader("TO:" + written, "TO:", "5.1.3").forwardPath());
    }

    private static void words(BadMessage refused) {
        String line = refused.reply().line();
        assertTrue(line.matches("5[0-9]{2} 5\\.[0-9]+\\.[0-9]+ [ -~]+"), line);
    }
}
