package dev.sobre.mail.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Message ids as they compare. RFC 5256 §3. */
class MessageIdsTest {

    @ParameterizedTest
    @CsvSource({
        "'<a@b>', a@b",
        "'<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>', 01KF8JCEOCBS0045PS@xxx.yyy.com",
        "'<a@b> <c@d>\t<e@f>', 'a@b c@d e@f'",
        "'<a@b><c@d>', 'a@b c@d'",
        "'on Monday (at noon) <a @ (there) b> wrote', a@b",
        "'<\"a>b\"@c>', a>b@c",
        "'<\"a\\\"b\"@c>', 'a\"b@c'",
        "'<a@b', ''",
        "'<a <b@c>', b@c",
        "'<>', ''",
        "'a@b', ''"
    })
    void areRead(String field, String expected) {
        assertEquals(expected, String.join(" ", MessageIds.of(field, 100)));
    }

    @Test
    void noMoreThanAsked() {
        assertEquals(2, MessageIds.of("<a@b> <c@d> <e@f>", 2).size());
    }

    /** LESSONS 5: an id without an end is looked at once. */
    @Test
    void takeLinearTime() {
        String opened = "<".repeat(2_000_000);
        String quoted = "<\"".repeat(1_000_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    assertEquals(0, MessageIds.of(opened, 100).size());
                    MessageIds.of(quoted, 100);
                });
    }
}
