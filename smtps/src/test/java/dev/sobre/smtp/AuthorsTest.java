package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may stand in the From field of a mail. RFC 6409 §6.1, §8.1. */
class AuthorsTest {

    private static final String BEGIN =
            """
            C: MAIL FROM:<ann@example.org>
            S: 250 ...
            C: RCPT TO:<ann@example.org>
            S: 250 ...
            C: DATA
            S: 354 ...
            """;

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("b\u00f6b@example.org", "hidden");

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void whoStandsInFrom() throws IOException {
        var settings = SmtpSettings.onLoopback(0).withFrom(FromRule.OWN);
        try (var strict = Served.over(store, settings);
                var client = Served.login(strict)) {
            for (String header :
                    List.of(
                            "From: Ann <ann+shop@example.org>",
                            octets("From: Grüße <ann@example.org>"),
                            "FROM:\r\n ann@example.org (Ann)",
                            "From: ann@example.org, ann+a@example.org",
                            "Resent-From: ann@example.org\r\nFrom: eve@far.example",
                            "Sender: Ann <ann+x@example.org>\r\nFrom: ann@example.org",
                            "Sender: eve@far.example\r\nResent-From: ann@example.org\r\n"
                                    + "From: eve@far.example")) {
                client.play(BEGIN);
                client.send(header + "\r\n\r\ntext\r\n.\r\n");
                client.play("S: 250 ...");
            }
            for (String header :
                    List.of(
                            "Subject: no From",
                            "From: eve@far.example",
                            "From: ann@example.org, eve@far.example",
                            "From: ann@example.org\r\nFrom: eve@far.example",
                            "From: \"ann@example.org\" <eve@far.example>",
                            "From:\r\n ann@example.org,\r\n eve@far.example",
                            "From: nobody:;",
                            "From: ann@example.org,\r\n".concat(" \r\n ".repeat(9000))
                                    + "eve@far.example",
                            octets("Resent-From: ann@example.org\r\nFrom: böb@example.org"),
                            "Resent-From: ann@example.org\r\nFrom: eve@far.example, x@example.org",
                            octets(
                                    "Resent-From: ann@example.org\r\nFrom:"
                                            + " \r\n ".repeat(9000)
                                            + "böb@example.org"),
                            octets("From: ann@example.orgé"),
                            "From: ann@example.org\r\nSender: eve@far.example",
                            octets("Sender: böb@example.org\r\nFrom: ann@example.org"),
                            octets(
                                    "Sender: böb@example.org\r\nResent-From: ann@example.org\r\n"
                                            + "From: eve@far.example"),
                            octets(
                                    "Resent-Sender: böb@example.org\r\nResent-From: ann@example.org"
                                            + "\r\nFrom: eve@far.example"),
                            "From: ann@example.org\r\nSender:",
                            "From: ann@example.org" + "\r\nSender: ann@example.org".repeat(2),
                            "From: ann")) {
                client.play(BEGIN);
                client.send(header + "\r\n\r\nFrom: ann@example.org\r\n.\r\n");
                client.play("S: 550 5...");
            }
        }
        assertEquals(7, inbox().size());
        String third = inbox().get(3);
        assertTrue(third.contains("\r\nSender: <ann@example.org>\r\n"), third);
    }

    /** UTF-8, as the client sends it. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private List<String> inbox() throws IOException {
        return Kept.inbox(store, store.account("ann@example.org"), StandardCharsets.UTF_8);
    }
}
