package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a client into the inboxes of a store. */
class StoreTest {

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret")
                    .and("bob@example.org", "hidden")
                    .andAdministrator("root@example.org", "root");
    private final SmtpsServer server = Served.over(store, SmtpSettings.onLoopback(0));

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void deliversToEachInboxOnce() throws IOException {
        play(
                """
                C: MAIL FROM:<ann@example.org> BODY=8BITMIME
                S: 250 ...
                C: RCPT TO:<BOB@example.org>
                S: 250 ...
                C: RCPT TO:<bob@example.org>
                S: 250 ...
                C: RCPT TO:<ann@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: From: ann@example.org
                C: Date: Mon, 23 Nov 2026 12:00:00 +0000
                C: Return-Path: <mallory@example.org>
                C: Bcc: bob@example.org
                C: Message-ID: <1@example.org>
                C: Resent-Bcc: bob@example.org
                C:
                C: ..dots and \u00fc
                C: .
                S: 250 2.0.0 ...
                """);
        String sent =
                lines(
                        "From: ann@example.org",
                        "Date: Mon, 23 Nov 2026 12:00:00 +0000",
                        "Message-ID: <1@example.org>",
                        "",
                        ".dots and \u00fc");
        String added =
                lines(
                        "Return-Path: <ann@example\\.org>",
                        "Received: from client\\.example \\(\\[127\\.0\\.0\\.1\\]\\)",
                        "\tby localhost with ESMTPSA \\(TLSv1\\.3\\)",
                        "\tid [0-9a-f]{32}",
                        "\ttls TLS_[A-Z0-9_]+;",
                        "\t\\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000");
        for (String user : List.of("ann@example.org", "bob@example.org")) {
            String mail = only(user);
            assertTrue(mail.endsWith(sent), mail);
            assertTrue(mail.substring(0, mail.length() - sent.length()).matches(added), mail);
        }
        assertEquals(List.of(), inbox("root@example.org"));
    }

    @Test
    void aRemovedAccountSendsNoMore() throws IOException {
        var ann = store.accounts().find("ann@example.org").orElseThrow();
        try (var client = new ScriptClient(server.port(), Served.IDENTITY.certificate())) {
            client.expect("220 ...");
            client.play(
                    """
                    C: HELO client.example
                    S: 250 ...
                    C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                    S: 235 ...
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RSET
                    S: 250 ...
                    """);
            store.accounts().remove(ann.id());
            client.play(
                    """
                    C: MAIL FROM:<ann@example.org>
                    S: 550 5.7.1 your account is no longer there
                    S: 421 4.7.0 your account was changed or removed; log in again
                    """);
            client.expectEnd();
        }
    }

    @Test
    void saysWhomItCannotReach() throws IOException {
        play(
                """
                C: MAIL FROM:<ann@example.org>
                S: 250 ...
                C: RCPT TO:<nobody@example.org>
                S: 550 5.1.1 there is no such user here
                C: RCPT TO:<ann@elsewhere.example>
                S: 550 5.7.1 this server sends no mail to other domains...
                C: DATA
                S: 554 ...
                C: RCPT TO:<postmaster>
                S: 250 ...
                C: RCPT TO:<Postmaster@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: Subject: help
                C:
                C: .
                S: 250 ...
                """);
        String mail = only("root@example.org");
        assertTrue(mail.contains("\r\nMessage-ID: <"), mail);
        assertTrue(mail.contains("\r\nDate: "), mail);
    }

    @Test // RFC 2920 §3.2
    void aPipelineGoesOnBehindARefusal() throws IOException {
        String none = "MAIL FROM:<ann@example.org>\r\nRCPT TO:<nobody@example.org>\r\nDATA\r\n";
        try (var client = Served.login(server)) {
            client.send(
                    none + "RSET\r\n" + none.replace("DATA", "RCPT TO:<bob@example.org>\r\nDATA"));
            client.play(
                    """
                    S: 250 2.1.0 ...
                    S: 550 5.1.1 ...
                    S: 554 5.5.1 no valid recipients
                    S: 250 2.0.0 ...
                    S: 250 2.1.0 ...
                    S: 550 5.1.1 ...
                    S: 250 2.1.5 ...
                    S: 354 ...
                    """);
            client.send("Subject: to the other\r\n\r\n.\r\nNOOP\r\nQUIT\r\n");
            client.play("S: 250 2.0.0 OK, kept...\nS: 250 2.0.0 OK\nS: 221 ...").expectEnd();
        }
        assertTrue(only("bob@example.org").contains("\r\nSubject: to the other\r\n"));
    }

    @Test // RFC 5321 §4.5.1
    void thePostmasterIsSomebodyAlsoWithoutAnAdministrator() throws IOException {
        store.accounts().remove(store.account("root@example.org").id());
        play(
                """
                C: MAIL FROM:<ann@example.org>
                S: 250 ...
                C: RCPT TO:<Postmaster>
                S: 250 ...
                C: RCPT TO:<postmaster@example.org>
                S: 250 ...
                C: RCPT TO:<postmaster@elsewhere.example>
                S: 550 5.7.1 ...
                C: DATA
                S: 354 ...
                C: .
                S: 250 ...
                """);
        only("ann@example.org");
    }

    @Test
    void namesTheOnlyRecipient() throws IOException {
        play(
                """
                C: MAIL FROM:<>
                S: 250 ...
                C: RCPT TO:<bob@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: .
                S: 250 ...
                """);
        String mail = only("bob@example.org");
        assertTrue(mail.startsWith("Return-Path: <>\r\n"), mail);
        assertTrue(mail.contains("\r\n\tfor <bob@example.org>\r\n\ttls TLS_"), mail);
    }

    @Test
    void aRecipientMayGoBeforeTheMessageComes() throws IOException {
        try (var client = Served.login(server)) {
            client.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            client.play("C: RCPT TO:<bob@example.org>\nS: 250 ...\nC: DATA\nS: 354 ...");
            store.accounts().remove(store.account("bob@example.org").id());
            client.play("C: .\nS: 451 4.3.0 ...\nC: MAIL FROM:<ann@example.org>\nS: 250 ...");
            client.play("C: RCPT TO:<bob@example.org>\nS: 550 5.1.1 ...");
        }
    }

    @Test // RFC 5233
    void aSubaddressIsItsOwnersToReceiveAndSend() throws IOException {
        play(
                """
                C: MAIL FROM:<ann+news@example.org>
                S: 250 ...
                C: RCPT TO:<bob+shop@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: .
                S: 250 ...
                C: MAIL FROM:<bob+ann@example.org>
                S: 553 5.7.1 ...
                """);
        assertTrue(only("bob@example.org").startsWith("Return-Path: <ann+news@example.org>"));
    }

    private void play(String script) throws IOException {
        try (var client = Served.login(server)) {
            client.play(script);
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private String only(String user) throws IOException {
        List<String> all = inbox(user);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private List<String> inbox(String user) throws IOException {
        return texts(store, store.account(user));
    }

    private static List<String> texts(MailStore store, Account account) throws IOException {
        return Kept.inbox(store, account, StandardCharsets.ISO_8859_1);
    }
}
