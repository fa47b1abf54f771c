package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a mail comes back with the report that it failed. RFC 3461 §4.3. */
class ReturnedTest extends Sending {

    @ParameterizedTest
    @CsvSource({
        "FULL, message/rfc822, true",
        "HEADERS, text/rfc822-headers, false",
        "UNSAID, text/rfc822-headers, false"
    })
    void whatWasAskedFor(Returned asked, String type, boolean text) throws Exception {
        fail(Set.of(Notify.FAILURE), asked);
        String report = inbox().getFirst();
        assertTrue(report.contains("\r\nContent-Type: " + type + "\r\n"), report);
        assertTrue(report.contains("\r\nSubject: hello\r\n"), report);
        assertEquals(text, report.contains("the text"), report);
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "DELAY, 0", "NEVER, 0", "FAILURE, 1"})
    void whoDidNotAskIsNotTold(Notify asked, int reports) throws Exception {
        fail(Set.of(asked), Returned.UNSAID);
        assertEquals(reports, inbox().size());
    }

    /** A mail goes to somebody who is not there. */
    private void fail(Set<Notify> tellOf, Returned back) throws Exception {
        UnaryOperator<String> says =
                c -> c.startsWith("RCPT") ? "550 5.1.1 nobody" : FarServer.friendly().apply(c);
        try (var far = new FarServer(says);
                var relay = start(direct(far))) {
            submit(terms().withWishes(tellOf, back, "", ""), "bob@far.example");
            gone();
        }
    }
}
