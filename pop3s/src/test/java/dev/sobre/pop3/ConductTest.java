package dev.sobre.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that misbehave, other clients at work, and a server that can't do better. */
class ConductTest {

    private final Served served = new Served();

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void oneSessionAtATimeHasTheMaildrop() throws IOException {
        try (ScriptClient first = served.login()) {
            try (ScriptClient second = served.connect()) {
                second.play(
                        "C: USER ann@example.org\nS: +OK ...\nC: PASS secret\nS: -ERR [IN-USE] ...");
                first.play("C: QUIT\nS: +OK ...").expectEnd();
                Awaitility.await().until(() -> served.server.sessions().size() == 1);
                second.play("C: USER ann@example.org\nS: +OK ...\nC: PASS secret\nS: +OK ...");
            }
        }
        // a session that breaks off gives the maildrop back too
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        try (ScriptClient third = served.login()) {
            third.cut();
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        served.login().close();
    }

    @Test
    void anotherClientMayRemoveAMessageMeanwhile() throws IOException {
        served.deliver("Subject: one\r\n\r\n");
        served.deliver("Subject: two\r\n\r\n");
        try (ScriptClient client = served.login()) {
            var inbox = served.inbox().id();
            var delete = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
            served.store.store(inbox, UidSet.of(1), delete, Long.MAX_VALUE);
            served.store.expunge(inbox, UidSet.of(1));
            client.play(
                    """
                    C: RETR 1
                    S: -ERR the message was removed by another client
                    C: DELE 1
                    S: +OK ...
                    C: RETR 2
                    S: +OK ...
                    S: Subject: two
                    S:
                    S: .
                    C: QUIT
                    S: +OK ...
                    """);
        }
        assertEquals(1, served.ofAnn().size());
    }

    @Test
    void theAccountMayGoMeanwhile() throws IOException {
        served.deliver("Subject: one\r\n\r\n");
        try (ScriptClient client = served.login()) {
            served.store.accounts().remove(served.store.account("ann@example.org").id());
            client.play("C: RETR 1\nS: -ERR [SYS/TEMP] ...\nC: DELE 1\nS: +OK ...");
            client.play("C: QUIT\nS: -ERR [SYS/TEMP] ...").expectEnd();
        }
    }

    @Test
    void aLargeMessageComesWhole() throws IOException {
        String line = ".".repeat(70) + "\r\n";
        served.deliver("Subject: big\r\n\r\n" + line.repeat(50_000));
        try (ScriptClient client = served.login()) {
            client.send("RETR 1\r\nNOOP\r\n");
            client.play("S: +OK 3600016 octets\nS: Subject: big\nS:");
            for (int i = 0; i < 50_000; i++) assertEquals(71, client.line().length());
            client.play("S: .\nS: +OK");
        }
    }

    @Test
    void lesson2LongLines() throws IOException {
        try (ScriptClient client = served.connect()) {
            client.send("USER " + "x".repeat(20_000) + "\r\n");
            client.expect("-ERR the line is too long");
            client.play("C: AUTH PLAIN\nS: +...");
            client.send("A".repeat(13_000) + "\r\n");
            client.expect("-ERR the response is too long");
            client.play("C: QUIT\nS: +OK ...");
        }
    }

    @Test
    void lesson2ALineWithoutEndEndsTheSession() throws IOException {
        try (ScriptClient client = served.connect()) {
            try {
                for (int i = 0; i < 500; i++) client.send("x".repeat(1000));
            } catch (IOException closed) {
                return; // the server was quicker
            }
            client.expect("-ERR ...");
        }
    }

    @Test
    void linesMustBeText() throws IOException {
        try (ScriptClient client = served.connect()) {
            client.send("NOOP \0\r\nUSER \u00e4\r\nSTAT\rLIST\r\n");
            client.play("S: -ERR ...\nS: -ERR ...\nS: -ERR the line has control characters");
        }
    }

    @Test
    void guessingPasswordsEndsTheSession() throws IOException {
        try (ScriptClient client = served.connect()) {
            for (int i = 0; i < 5; i++) {
                client.play("C: USER ann@example.org\nS: +OK ...\nC: PASS no\nS: -ERR [AUTH] ...");
            }
            client.play("S: -ERR too many logins were wrong").expectEnd();
        }
    }

    @Test
    void manyMistakesEndTheSession() throws IOException {
        try (ScriptClient client = served.connect()) {
            for (int i = 0; i < 50; i++) client.play("C: FOO\nS: -ERR ...");
            client.play("S: -ERR too many commands were wrong").expectEnd();
        }
    }

    @Test
    void anOverloadedVerifierIsTemporary() throws IOException {
        isTemporary(new Verdict.Unavailable("busy"), "logins can't be checked now");
        isTemporary(new Verdict.PutOff(), "too many wrong passwords came from your address");
    }

    private void isTemporary(Verdict verdict, String why) throws IOException {
        var settings = Pop3Settings.onLoopback(0);
        try (var busy =
                        Pop3sServer.start(
                                settings,
                                Served.TLS,
                                (credentials, peer) -> verdict,
                                served.store);
                var client = new ScriptClient(busy.port(), Served.IDENTITY.certificate())) {
            client.play(
                    "S: +OK ...\nC: USER x\nS: +OK ...\nC: PASS y\nS: -ERR [SYS/TEMP] "
                            + why
                            + "...");
        }
    }

    @Test
    void stoppingSaysFarewell() throws IOException {
        try (ScriptClient client = served.login()) {
            served.server.close();
            served.server.close();
            client.play("S: -ERR [SYS/TEMP] the server is shutting down").expectEnd();
        }
        assertTrue(served.server.sessions().isEmpty());
    }
}
