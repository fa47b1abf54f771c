package dev.sobre.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every verb once in use and once misused: a class that lacks shows only when its verb runs. */
class VerbsTest {

    private final Served served = new Served();

    @BeforeEach
    void deliver() {
        served.deliver("Subject: one\r\n\r\nfirst\r\n.dot\r\nlast\r\n");
        served.deliver("Subject: two\r\n\r\n");
        served.deliver("Subject: three\r\n\r\nx");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void capa() throws IOException {
        String common = "S: RESP-CODES\nS: AUTH-RESP-CODE\nS: IMPLEMENTATION Sobre\n";
        String all =
                "C: CAPA\nS: +OK ...\nS: USER\nS: SASL PLAIN LOGIN\nS: PIPELINING\nS: UIDL\nS: TOP\n"
                        + common
                        + "S: .";
        plays(all);
        loggedIn(all.replace("CAPA", "capa"));
    }

    @Test
    void userAndPass() throws IOException {
        plays(
                """
                C: PASS secret
                S: -ERR say USER first
                C: USER
                S: -ERR ...
                C: USER ann@example.org
                S: +OK ...
                C: PASS wrong
                S: -ERR [AUTH] user name or password is wrong
                C: PASS secret
                S: -ERR say USER first
                C: USER nobody@example.org
                S: +OK ...
                C: PASS wrong
                S: -ERR [AUTH] user name or password is wrong
                C: user ANN@example.org
                S: +OK ...
                C: pass secret
                S: +OK the maildrop has 3 messages
                C: USER ann@example.org
                S: -ERR ...
                C: PASS secret
                S: -ERR ...
                """);
    }

    @Test
    void aPasswordMayHaveSpacesAndEndInOne() throws IOException {
        try (ScriptClient client = served.connect()) {
            client.send("USER bob@example.org\r\nPASS two  words\r\n");
            client.play("S: +OK ...\nS: -ERR [AUTH] ...");
            client.send("USER bob@example.org\r\nPASS two  words \r\n");
            client.play("S: +OK ...\nS: +OK the maildrop has 0 messages");
        }
    }

    @Test
    void authPlain() throws IOException {
        plays("C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=\nS: +OK ...\nC: NOOP\nS: +OK...");
        plays("C: auth plain\nS: +...\nC: AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=\nS: +OK the ...");
    }

    @Test
    void authLogin() throws IOException {
        plays(
                """
                C: AUTH LOGIN
                S: + VXNlcm5hbWU6
                C: YW5uQGV4YW1wbGUub3Jn
                S: + UGFzc3dvcmQ6
                C: c2VjcmV0
                S: +OK ...
                """);
    }

    @Test
    void lesson10AuthMisused() throws IOException {
        plays(
                """
                C: AUTH
                S: -ERR ...
                C: AUTH CRAM-MD5
                S: -ERR ...
                C: AUTH PLAIN
                S: +...
                C: *
                S: -ERR login was cancelled
                C: AUTH PLAIN not-base64!
                S: -ERR ...
                C: AUTH PLAIN =
                S: -ERR [AUTH] ...
                C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwB3cm9uZw==
                S: -ERR [AUTH] user name or password is wrong
                C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                S: +OK ...
                C: AUTH PLAIN
                S: -ERR you are logged in already
                """);
    }

    @Test
    void stat() throws IOException {
        loggedIn("C: STAT\nS: +OK 3 70\nC: DELE 2\nS: +OK ...\nC: STAT\nS: +OK 2 54");
    }

    @Test
    void list() throws IOException {
        loggedIn(
                """
                C: LIST
                S: +OK 3 70
                S: 1 35
                S: 2 16
                S: 3 19
                S: .
                C: LIST 2
                S: +OK 2 16
                C: LIST 4
                S: -ERR there is no such message
                C: LIST 0
                S: -ERR there is no such message
                C: LIST -1
                S: -ERR ...
                C: LIST 99999999999
                S: -ERR ...
                C: LIST 1 2
                S: -ERR ...
                """);
    }

    @Test
    void uidl() throws IOException {
        loggedIn(
                """
                C: UIDL
                S: +OK ...
                S: 1 ID1
                S: 2 ID2
                S: 3 ID3
                S: .
                C: UIDL 3
                S: +OK 3 ID3
                C: UIDL 4
                S: -ERR there is no such message
                C: UIDL x
                S: -ERR ...
                C: UIDL 1 2
                S: -ERR ...
                C: DELE 3
                S: +OK ...
                C: UIDL 3
                S: -ERR the message is marked as deleted
                C: UIDL
                S: +OK ...
                S: 1 ID1
                S: 2 ID2
                S: .
                """
                        .replace("ID1", id(0))
                        .replace("ID2", id(1))
                        .replace("ID3", id(2)));
    }

    /** RFC 1939 §7: "70 characters in the range 0x21 to 0x7E"; RFC 8474 §5.1. */
    private String id(int position) {
        String id = served.messages().get(position).emailId().text();
        assertTrue(id.matches("[!-~]{1,65}"), id);
        return id;
    }

    @Test
    void copiesOfAMessageHaveUniqueIdsOfTheirOwn() throws IOException {
        var inbox = served.inbox().id();
        served.store.copy(inbox, UidSet.of(1), inbox, false);
        served.store.copy(inbox, UidSet.of(1), inbox, false);
        loggedIn(
                """
                C: UIDL 4
                S: +OK 4 ID1.2
                C: UIDL
                S: +OK ...
                S: 1 ID1
                S: 2 ID2
                S: 3 ID3
                S: 4 ID1.2
                S: 5 ID1.3
                S: .
                """
                        .replace("ID1", id(0))
                        .replace("ID2", id(1))
                        .replace("ID3", id(2)));
    }

    @Test
    void uniqueIdsDoNotHangOnUids() throws IOException { // as after a restore
        String first = id(0);
        var inbox = served.inbox().id();
        served.store.copy(inbox, UidSet.of(1), inbox, true);
        loggedIn("C: UIDL 3\nS: +OK 3 " + first);
    }

    @Test
    void retr() throws IOException {
        loggedIn(
                """
                C: RETR 1
                S: +OK 35 octets
                S: Subject: one
                S:
                S: first
                S: ..dot
                S: last
                S: .
                C: RETR 3
                S: +OK 19 octets
                S: Subject: three
                S:
                S: x
                S: .
                C: RETR
                S: -ERR ...
                C: RETR 4
                S: -ERR there is no such message
                """);
    }

    @Test
    void top() throws IOException {
        loggedIn(
                """
                C: TOP 1 0
                S: +OK ...
                S: Subject: one
                S:
                S: .
                C: TOP 1 2
                S: +OK ...
                S: Subject: one
                S:
                S: first
                S: ..dot
                S: .
                C: TOP 1 99
                S: +OK ...
                S: Subject: one
                S:
                S: first
                S: ..dot
                S: last
                S: .
                C: TOP 1
                S: -ERR ...
                C: TOP 1 -1
                S: -ERR ...
                """);
    }

    @Test
    void deleAndRset() throws IOException {
        loggedIn(
                """
                C: DELE 1
                S: +OK ...
                C: DELE 1
                S: -ERR the message is marked as deleted
                C: RETR 1
                S: -ERR the message is marked as deleted
                C: DELE
                S: -ERR ...
                C: RSET
                S: +OK ...
                C: RETR 2
                S: +OK ...
                S: Subject: two
                S:
                S: .
                C: STAT
                S: +OK 3 70
                """);
        assertEquals(3, served.ofAnn().size());
    }

    @Test
    void quitRemovesWhatIsMarkedAndNothingElse() throws IOException {
        String second = id(1);
        try (ScriptClient client = served.login()) {
            client.play("C: DELE 1\nS: +OK ...\nC: DELE 3\nS: +OK ...");
            served.deliver("Subject: four\r\n\r\n");
            client.play("C: QUIT\nS: +OK good-bye").expectEnd();
        }
        assertEquals(2, served.ofAnn().size());
        assertEquals(2, served.ofAnn().uid(0));
        assertEquals(4, served.ofAnn().uid(1));
        // RFC 1939 §7: unique ids stay
        assertEquals(second, id(0));
        loggedIn("C: UIDL 1\nS: +OK 1 " + second + "\nC: UIDL 2\nS: +OK 2 " + id(1));
    }

    @Test
    void withoutQuitNothingIsRemoved() throws IOException {
        try (ScriptClient client = served.login()) {
            client.play("C: DELE 1\nS: +OK ...");
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        loggedIn("C: STAT\nS: +OK 3 70");
    }

    @Test
    void noop() throws IOException {
        loggedIn("C: NOOP\nS: +OK...");
    }

    @Test
    void beforeLogin() throws IOException {
        for (String verb : "STAT,LIST,LIST 1,UIDL,RETR 1,TOP 1 1,DELE 1,RSET,NOOP".split(",")) {
            plays("C: " + verb + "\nS: -ERR log in first");
        }
        try (ScriptClient client = served.connect()) {
            client.play("C: QUIT\nS: +OK good-bye").expectEnd();
        }
    }

    @Test
    void unknown() throws IOException {
        plays("C: APOP ann c4c9334bac560ecc979e58001b3e22fb\nS: -ERR ...\nC: STLS\nS: -ERR ...");
        plays("C:\nS: -ERR ...\nC: UNKNOWN_CMD\nS: -ERR there is no such command");
    }

    private void plays(String script) throws IOException {
        try (ScriptClient client = served.connect()) {
            client.play(script);
        }
    }

    private void loggedIn(String script) throws IOException {
        try (ScriptClient client = served.login()) {
            client.play(script);
            client.play("C: RSET\nS: +OK ...\nC: QUIT\nS: +OK ...");
        }
    }
}
