package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Quota;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail for mailboxes that may not keep it. */
class FullMailboxTest {

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("bob@example.org", "hidden");
    private final SmtpsServer server = Served.over(store, SmtpSettings.onLoopback(0));

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void aFullMailboxRefusesAtOnce() throws IOException {
        limit("bob@example.org", 2000);
        play(
                """
                C: MAIL FROM:<ann@example.org> SIZE=2001
                S: 250 ...
                C: RCPT TO:<bob@example.org>
                S: 552 5.2.2 ...
                C: RCPT TO:<ann@example.org>
                S: 250 ...
                C: RSET
                S: 250 ...
                C: MAIL FROM:<ann@example.org> SIZE=1500
                S: 250 ...
                C: RCPT TO:<bob@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                """
                        + "C: x\n".repeat(400)
                        + """
                        C: .
                        S: 250 ...
                        C: MAIL FROM:<ann@example.org> SIZE=900
                        S: 250 ...
                        C: RCPT TO:<bob@example.org>
                        S: 452 4.2.2 ...
                        """);
    }

    @Test
    void aMailThatDoesNotFitIsRefusedWhenItIsThere() throws IOException {
        limit("bob@example.org", 2000);
        String mail = "S: 250 ...\nC: RCPT TO:<bob@example.org>\nS: 250 ...\nC: DATA\nS: 354 ...\n";
        play(
                "C: MAIL FROM:<ann@example.org>\n"
                        + mail
                        + "C: xx\n".repeat(1000)
                        + "C: .\nS: 552 5.2.2 ...\nC: MAIL FROM:<ann@example.org>\n"
                        + mail
                        + "C: xx\n".repeat(200)
                        + "C: .\nS: 250 ...\nC: MAIL FROM:<ann@example.org>\n"
                        + mail
                        + "C: xx\n".repeat(200)
                        + "C: .\nS: 452 4.2.2 ...\n");
        assertEquals(1, Kept.bodies(store, store.account("bob@example.org")).size());
    }

    private void limit(String address, long octets) {
        var limit = new AccountChange.Limit(new Quota(octets, 0));
        store.accounts().change(store.account(address).id(), List.of(limit));
    }

    private void play(String script) throws IOException {
        try (var client = Served.login(server)) {
            client.play(script);
        }
    }
}
