package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The extensions of submission, as a client uses and misuses them. */
class ExtensionsTest {

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("b\u00f6b@example.org", "hidden");
    private final SmtpsServer server =
            Served.over(store, SmtpSettings.onLoopback(0).withOnward(Onward.standard()));

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test // RFC 6531
    void addressesBeyondAscii() throws IOException {
        play(
                """
                C: MAIL FROM:<ann@example.org>
                S: 250 ...
                C: RCPT TO:<b\u00c3\u00b6b@example.org>
                S: 553 5.6.7 ...
                C: RSET
                S: 250 ...
                C: MAIL FROM:<ann@example.org> SMTPUTF8=yes
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> SMTPUTF8
                S: 250 ...
                C: RCPT TO:<b\u00c3\u00b6b@example.org>
                S: 250 ...
                C: RCPT TO:<\u00c3\u00a4@\u00c3\u00a4.example>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: Subject: \u00c3\u00a4
                C:
                C: .
                S: 250 ...
                """);
        String mail = inbox("b\u00f6b@example.org").getFirst();
        assertTrue(mail.contains(" with UTF8SMTPSA ("), mail);
        assertTrue(mail.contains("Subject: \u00e4\r\n"), mail);
        var entry = waiting().getFirst();
        assertEquals("\u00e4@\u00e4.example", entry.recipient());
        assertTrue(entry.terms().utf8());
    }

    @Test // RFC 3030
    void aMessageInChunks() throws IOException {
        try (var client = Served.login(server)) {
            client.play(begin());
            client.send("BDAT 16\r\nSubject: x\r\n\r\n.\rBDAT 5\r\n\nabc\r");
            client.play("S: 250 2.0.0 16 octets taken\nS: 250 2.0.0 ...");
            client.play("C: DATA\nS: 503 5.5.1 ...\nC: RCPT TO:<ann@example.org>\nS: 503 ...");
            client.send("BDAT 1 LAST\r\n\n");
            client.play("S: 250 2.0.0 OK, kept as ...");
            client.send("BDAT 4 LAST\r\nQUIT");
            client.play("S: 503 5.5.1 ...\nC: NOOP\nS: 250 ...");
        }
        assertTrue(inbox("ann@example.org").getFirst().endsWith("\r\n\r\n.\r\nabc\r\n"));
    }

    @Test
    void chunksAreReadWhateverIsWrong() throws IOException {
        try (var client = Served.login(server)) {
            client.send("BDAT 6\r\nQUIT\r\n"); // no MAIL
            client.play("S: 503 5.5.1 ...");
            client.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            client.send("BDAT 6 LAST\r\nQUIT\r\n"); // no RCPT
            client.play("S: 554 5.5.1 ...\nC: RSET\nS: 250 ...");
            client.play(begin());
            client.send("BDAT 3\r\na\nbBDAT 3 LAST\r\nabc"); // LF alone, pipelined
            client.play("S: 550 5.6.11 ...\nS: 503 5.5.1 ...");
            client.play(begin());
            client.send("BDAT 3 LAST\r\nab\r");
            client.play("S: 550 5.6.11 ...");
            client.play(begin());
            client.send("BDAT 2 LAST\r\na\0");
            client.play("S: 550 5.6.0 ...");
            client.play(begin());
            client.send("BDAT 3\r\nabc");
            client.play("S: 250 ...\nC: RSET\nS: 250 ...\nC: MAIL FROM:<>\nS: 250 ...");
            client.play("C: BDAT many\nS: 501 5.5.4 ...").expectEnd();
        }
        assertEquals(List.of(), inbox("ann@example.org"));
    }

    @Test // RFC 3030 §2: of a message whose begin was refused no end is taken
    void whatBeginsWithoutRecipientsIsOver() throws IOException {
        try (var client = Served.login(server)) {
            client.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            client.send("BDAT 5\r\nfirst");
            client.play("S: 554 5.5.1 ...\nC: RCPT TO:<ann@example.org>\nS: 503 5.5.1 ...");
            client.send("BDAT 4 LAST\r\nlast");
            client.play("S: 503 5.5.1 ...");
        }
        assertEquals(List.of(), inbox("ann@example.org"));
    }

    @Test
    void aHeaderWhoseLastLineHasNoEnd() throws IOException {
        try (var client = Served.login(server)) {
            client.play(begin());
            client.send("BDAT 42 LAST\r\nFrom: ann@example.org\r\nSubject: the header");
            client.play("S: 250 ...\n" + begin());
            client.send("BDAT 30 LAST\r\nFrom: ann@example.org\r\nnofield");
            client.play("S: 250 ...");
        }
        String header = inbox("ann@example.org").getFirst();
        assertTrue(header.contains("\r\nSubject: the header\r\nDate: "), header);
        String text = inbox("ann@example.org").getLast();
        assertTrue(text.endsWith("\r\n\r\nnofield\r\n"), text);
    }

    @Test
    void noStrangerSendsChunks() throws IOException {
        try (var client = new ScriptClient(server.port(), Served.IDENTITY.certificate())) {
            client.play("S: 220 ...\nC: EHLO x\nS*: 250\nC: BDAT 999999999999");
            client.play("S: 530 5.7.0 ...").expectEnd();
        }
    }

    @Test // RFC 3461
    void wishesAboutReports() throws IOException {
        play(
                """
                C: MAIL FROM:<ann@example.org> RET=ALL
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> ENVID=a+0
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> RET=HDRS ENVID=QQ+2B1
                S: 250 ...
                C: RCPT TO:<eve@far.example> NOTIFY=NEVER,DELAY
                S: 501 5.5.4 ...
                C: RCPT TO:<eve@far.example> NOTIFY=
                S: 501 5.5.4 ...
                C: RCPT TO:<eve@far.example> ORCPT=eve
                S: 501 5.5.4 ...
                C: RCPT TO:<eve@far.example> NOTIFY=success,DELAY ORCPT=rfc822;eve+2Bx@far.example
                S: 250 ...
                C: RCPT TO:<ann@example.org> NOTIFY=SUCCESS
                S: 250 ...
                C: DATA
                S: 354 ...
                C: Subject: x
                C:
                C: .
                S: 250 ...
                """);
        Terms terms = waiting().getFirst().terms();
        assertEquals(Set.of(Notify.SUCCESS, Notify.DELAY), terms.tellOf());
        assertEquals(Returned.HEADERS, terms.returned());
        assertEquals("QQ+1", terms.envelopeId());
        assertEquals("rfc822;eve+2Bx@far.example", terms.originalRecipient());
        String report = inbox("ann@example.org").getLast();
        assertTrue(report.contains("\r\nAction: delivered\r\n"), report);
        assertTrue(report.contains("\r\nOriginal-Envelope-Id: QQ+1\r\n"), report);
    }

    @Test // RFC 6710
    void priorities() throws IOException {
        play(
                """
                C: MAIL FROM:<ann@example.org> MT-PRIORITY=10
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> MT-PRIORITY=+1
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> MT-PRIORITY=-0
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> MT-PRIORITY
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> MT-PRIORITY=1 MT-PRIORITY=1
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> MT-PRIORITY=-3
                S: 250 ...
                C: RCPT TO:<eve@far.example>
                S: 250 ...
                C: RCPT TO:<ann@example.org>
                S: 250 ...
                C: DATA
                S: 354 ...
                C: .
                S: 250 ...
                """);
        assertEquals(-3, waiting().getFirst().terms().priority());
        String mail = inbox("ann@example.org").getFirst();
        assertTrue(mail.contains("\r\n\tpriority -3\r\n\ttls TLS_"), mail);
    }

    @Test // RFC 9422 §4.3: of a whole session, however many mails; §4: six digits
    void aSessionWritesToSoManyDomains() throws IOException {
        var settings = SmtpSettings.onLoopback(0).withOnward(Onward.standard());
        var few = settings.allowance().withDomains(2).withMails(5_000_000);
        try (var strict = Served.over(store, settings.withAllowance(few));
                var client = new ScriptClient(strict.port(), Served.IDENTITY.certificate())) {
            client.play("S: 220 ...\nC: EHLO x\nS: 250-...");
            String line = client.line();
            while (!line.contains("LIMITS")) line = client.line();
            assertEquals("250-LIMITS MAILMAX=999999 RCPTMAX=1000 RCPTDOMAINMAX=2", line);
            client.play(
                    """
                    S*: 250
                    C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                    S: 235 ...
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RCPT TO:<nobody@example.org>
                    S: 550 5.1.1 ...
                    C: RCPT TO:<eve@far.example>
                    S: 250 ...
                    C: RCPT TO:<eve@FAR.example>
                    S: 250 ...
                    C: RCPT TO:<eve@third.example>
                    S: 452 4.5.3 ...
                    C: RSET
                    S: 250 ...
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RCPT TO:<eve@third.example>
                    S: 452 4.5.3 ...
                    C: RCPT TO:<ann@example.org>
                    S: 250 ...
                    """);
        }
    }

    @Test
    void whereAMailComesFromNeedNotBeTold() throws IOException {
        var plain = SmtpSettings.onLoopback(0);
        var settings = plain.withHandling(plain.handling().withTracesClient(false));
        try (var quiet = Served.over(store, settings);
                var client = Served.login(quiet)) {
            client.play(begin() + "C: DATA\nS: 354 ...\nC: .\nS: 250 ...");
        }
        String mail = inbox("ann@example.org").getFirst();
        assertTrue(mail.contains("\r\nReceived: from localhost\r\n\tby localhost with"), mail);
    }

    @Test // RFC 5321 §6.3
    void aMailThatGoesInCirclesIsRefused() throws IOException {
        String hop = "Received: by a.example; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
        try (var client = Served.login(server)) {
            client.play(begin() + "C: DATA\nS: 354 ...");
            client.send(hop.repeat(101) + "\r\n.\r\n");
            client.play("S: 554 5.4.6 ...\n" + begin() + "C: DATA\nS: 354 ...");
            client.send(hop.repeat(100) + "\r\n.\r\n");
            client.play("S: 250 ...");
        }
    }

    private static String begin() {
        return """
        C: MAIL FROM:<ann@example.org>
        S: 250 ...
        C: RCPT TO:<ann@example.org>
        S: 250 ...
        """;
    }

    private void play(String script) throws IOException {
        try (var client = Served.login(server)) {
            client.play(script);
        }
    }

    private List<Spool.Entry> waiting() {
        return store.spool().list(Optional.empty(), 10).stream().map(Spool.Waiting::entry).toList();
    }

    private List<String> inbox(String user) throws IOException {
        return Kept.inbox(store, store.account(user), StandardCharsets.UTF_8);
    }
}
