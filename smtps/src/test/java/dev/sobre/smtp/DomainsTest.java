package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A domain beyond ASCII is ours in the letters of the DNS, too (RFC 5890 §2.3.2.1). */
class DomainsTest {

    @Test
    void anAccountSendsAndReceivesInEitherForm() throws IOException {
        try (var store = MemoryStore.with("ann@example.org", "secret");
                var server = Served.over(store, SmtpSettings.onLoopback(0))) {
            var ann = store.account("ann@example.org");
            store.accounts()
                    .change(
                            ann.id(),
                            List.of(new AccountChange.AddAddress("ann@b\u00fccher.example")));
            try (var client = Served.login(server)) {
                client.play(
                        """
                        C: MAIL FROM:<ann@xn--bcher-kva.example>
                        S: 250 ...
                        C: RCPT TO:<Ann@XN--BCHER-KVA.example>
                        S: 250 ...
                        C: RCPT TO:<bob@xn--bcher-kva.example>
                        S: 550 5.1.1 ...
                        C: DATA
                        S: 354 ...
                        C: From: ann@xn--bcher-kva.example
                        C:
                        C: hello
                        C: .
                        S: 250 2.0.0 ...
                        """);
            }
            assertEquals(1, Kept.inbox(store, ann, StandardCharsets.US_ASCII).size());
        }
    }
}
