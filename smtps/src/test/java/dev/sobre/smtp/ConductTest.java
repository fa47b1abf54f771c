package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.Limits;
import dev.sobre.line.ScriptClient;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that misbehave, and a server that can't do better. */
class ConductTest {

    @Test
    void manyMistakesEndTheSession() throws IOException {
        try (var served = new Served();
                ScriptClient client = served.connect()) {
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) client.play("C: FOO\nS: 500 5.5.1 ...");
            client.expect("421 4.7.0 ...");
            client.expectEnd();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(Duration.ofSeconds(2)) > 0, "each takes longer: " + took);
        }
    }

    @Test
    void guessingPasswordsEndsTheSession() throws IOException {
        try (var served = new Served();
                ScriptClient client = served.connect()) {
            client.play("C: HELO x\nS: 250 ...");
            for (int i = 0; i < 5; i++) {
                client.play("C: AUTH PLAIN AGFubgB3cm9uZw==\nS: 535 5.7.8 ...");
            }
            client.expect("421 4.7.0 ...");
            client.expectEnd();
        }
    }

    @Test
    void lesson2LongLines() throws IOException {
        try (var served = new Served();
                ScriptClient client = served.connect()) {
            client.send("NOOP " + "x".repeat(2100) + "\r\n");
            client.expect("500 5.5.6 ...");
            client.play("C: HELO x\nS: 250 ...");
            // RFC 4954 §4: lines of AUTH may have 12,288 octets
            client.send("AUTH PLAIN " + "A".repeat(12_000) + "\r\n");
            client.expect("535 5.7.8 ...");
            client.play("C: AUTH PLAIN\nS: 334...");
            client.send("A".repeat(13_000) + "\r\n");
            client.expect("500 5.5.6 ...");
            client.send("x".repeat(20_000) + "\r\n");
            client.expect("500 5.5.6 ...");
            client.play("C: NOOP\nS: 250 ...");
        }
    }

    @Test
    void lesson2ALineWithoutEndEndsTheSession() throws IOException {
        try (var served = new Served();
                ScriptClient client = served.connect()) {
            try {
                for (int i = 0; i < 500; i++) client.send("x".repeat(1000));
            } catch (IOException closed) {
                return; // the server was quicker
            }
            client.expect("421 4.7.0 ...");
        }
    }

    @Test
    void linesMustBeText() throws IOException {
        try (var served = new Served();
                ScriptClient client = served.login()) {
            client.play("C: MAIL FROM:<\u00e4@example.org>\nS: 500 5.5.2 ...");
            client.play("C: MAIL FROM:<\u00c3\u00a4@example.org>\nS: 550 5.6.7 ...");
            client.play("C: NOOP \0\nS: 500 5.5.2 ...");
            client.send("NOOP\rMAIL FROM:<ann@example.org>\r\n");
            client.expect("500 5.5.2 ...");
        }
    }

    @Test
    void recipientsAreLimited() throws IOException {
        var settings = SmtpSettings.onLoopback(0).withRecipientLimit(100);
        try (var served = new Served(settings);
                ScriptClient client = served.login()) {
            client.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            for (int i = 0; i < 100; i++) client.play("C: RCPT TO:<b@example.net>\nS: 250 ...");
            client.play("C: RCPT TO:<b@example.net>\nS: 452 4.5.3 ...");
        }
    }

    @Test
    void aReceiverMayRefuseOrFail() throws IOException {
        refusing(new Refused(554, "5.7.1", "no thanks"), "554 5.7.1 no thanks");
        refusing(new Refused(450, "4.2.1", "not today"), "450 4.2.1 not today");
        refusing(new IOException("full"), "451 4.3.0 ...");
        refusing(new IllegalStateException("a bug"), "451 4.3.0 ...");
        refusing(full(StoreException.Reason.FULL), "452 4.3.1 ...");
        refusing(full(StoreException.Reason.OVER_QUOTA), "452 4.2.2 ...");
        refusing(full(StoreException.Reason.UNAVAILABLE), "451 4.3.0 ...");
    }

    @Test
    void silenceEndsTheSession() throws IOException {
        Limits limits = SmtpSettings.onLoopback(0).limits().withLoginTime(Duration.ofMillis(300));
        try (var served = new Served(SmtpSettings.onLoopback(0).withLimits(limits));
                ScriptClient client = served.connect()) {
            client.expect("421 4.7.0 the login took too long");
            client.expectEnd();
        }
    }

    @Test
    void stoppingSaysFarewell() throws IOException {
        var served = new Served();
        try (ScriptClient client = served.login()) {
            served.close();
            served.close();
            client.expect("421 4.3.2 ...");
            client.expectEnd();
        }
        assertTrue(served.server.sessions().isEmpty());
    }

    @Test // RFC 5321 §3.8: a server that must go says 421, in the middle of a message too
    void stoppingSaysFarewellToWhoSendsAMessage() throws IOException {
        var served = new Served();
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN + "C: Subject: never finished");
            served.server.close(Duration.ofMillis(200));
            client.expect("421 4.3.2 ...");
            client.expectEnd();
        }
        assertTrue(served.mails.isEmpty());
    }

    private static StoreException full(StoreException.Reason reason) {
        return new StoreException(reason, "told by " + MailStore.class.getSimpleName());
    }

    private static void refusing(Exception failure, String answer) throws IOException {
        Receiver receiver =
                (envelope, body) -> {
                    if (failure instanceof IOException e) throw e;
                    if (failure instanceof RuntimeException e) throw e;
                };
        try (var served = new Served(receiver);
                ScriptClient client = served.login()) {
            client.play(Served.BEGIN + "C: .");
            client.expect(answer);
            client.play("C: NOOP\nS: 250 ...");
        }
    }
}
