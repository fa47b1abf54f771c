package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that mean no good, or do not care. */
class HostileTest {

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final ImapsServer server = Served.over(store, Served.tight(2000, 9_000));

    @AfterEach
    void stop() {
        server.close();
    }

    /** LESSONS 19: a command that was cut anywhere is not run; a whole one is. */
    @Test
    void lesson19ACutAppendAppendsNothing() throws Exception {
        String whole = "a APPEND INBOX {20+}\r\nSubject: cut\r\n\r\nabc\r\n";
        for (int cut : new int[] {whole.length() - 7, whole.length() - 2, whole.length() - 1}) {
            try (var client = new TestClient(server.port()).loggedIn()) {
                client.send(whole.substring(0, cut));
                client.cut();
            }
            Awaitility.await().until(() -> server.sessions().isEmpty());
            assertEquals("* STATUS INBOX (MESSAGES 0)", messages(), "cut at " + cut);
        }
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.send(whole);
            client.cut();
        }
        Awaitility.await().until(() -> server.sessions().isEmpty());
        assertEquals("* STATUS INBOX (MESSAGES 1)", messages());
    }

    private String messages() throws IOException {
        try (var client = new TestClient(server.port()).loggedIn()) {
            return client.ask("s STATUS INBOX (MESSAGES)").getFirst();
        }
    }

    /** LESSONS 2: before login, a million tiny literals. */
    @Test
    void tinyLiteralsWithoutEnd() throws Exception {
        try (var client = new TestClient(server.port())) {
            client.line();
            client.send("1 LOGIN ");
            try {
                for (int i = 0; i < 1_000_000; i += 1000) client.send("{1+}\r\na ".repeat(1000));
            } catch (IOException closed) {
                // the server has had enough
            }
            var answers = client.rest();
            assertTrue(answers.getFirst().startsWith("1 "), answers::toString);
        }
        assertServes();
    }

    /** LESSONS 2: before login, a line without end. */
    @Test
    void aLineWithoutEnd() throws Exception {
        try (var client = new TestClient(server.port())) {
            client.line();
            try {
                for (int i = 0; i < 5000; i++) client.send("x".repeat(10_000));
            } catch (IOException closed) {
                // the server has had enough
            }
            var answers = client.rest();
            assertTrue(
                    answers.stream().allMatch(a -> a.startsWith("* B") || a.equals("<end>")),
                    answers::toString);
        }
        assertServes();
    }

    /** LESSONS 2: before login, good commands without end. */
    @Test
    void manyCommandsBeforeLogin() throws Exception {
        try (var client = new TestClient(server.port())) {
            client.line();
            try {
                client.send("1 NOOP\r\n".repeat(60_000));
            } catch (IOException closed) {
                // the server has had enough
            }
            var answers = client.rest();
            assertTrue(answers.size() <= 64 * 1024 / 8 + 2, () -> answers.size() + " answers");
            answers.removeIf(answer -> answer.equals("1 OK NOOP completed"));
            // A client that the server stops reading may be reset before it sees the farewell.
            answers.remove("* BYE too much was sent before a login");
            assertEquals(List.of("<end>"), answers);
        }
        assertServes();
    }

    @Test
    void aLineTooLong() throws Exception {
        try (var client = new TestClient(server.port())) {
            client.line();
            client.send("1 LOGIN " + "x".repeat(8200) + " {40+}\r\n");
            assertEquals("* BAD the line is too long", client.line());
            assertTrue(client.line().startsWith("* BYE [TOOBIG]"));
            assertEquals("<end>", client.line());
        }
    }

    @Test
    void aCommandTooLongAfterLogin() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.send("1 SEARCH TEXT {30000}\r\n");
            assertTrue(client.line().startsWith("1 BAD [CLIENTBUG] SEARCH: SELECT"));
            client.ask("2 SELECT INBOX");
            assertTrue(client.ask("3 SEARCH TEXT {30000}").getLast().startsWith("3 NO [TOOBIG]"));
            assertTrue(client.ask("4 NOOP").getLast().startsWith("4 OK"));
        }
    }

    /** LESSONS 3: what is too big and was sent all the same is dropped, and not executed. */
    @Test
    void aMessageTooBig() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            var delete = "A1 DELETE Archive\r\n".repeat(150);
            var answer = client.ask("1 APPEND INBOX {" + delete.length() + "+}\r\n" + delete);
            assertTrue(answer.getLast().startsWith("1 NO [TOOBIG]"), answer::toString);
            assertEquals(2, client.ask("2 LIST \"\" Archive").size());
        }
    }

    /** RFC 3501 §9: CHAR8 is any octet but NUL; what can't be sent back is not taken. */
    @Test
    void aMessageWithNul() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            for (int at : new int[] {0, 1_000, 1_999}) {
                var message = "x".repeat(at) + "\0" + "y".repeat(1_999 - at);
                var answer = client.ask("1 APPEND INBOX {2000+}\r\n" + message);
                assertTrue(answer.getLast().startsWith("1 NO [CANNOT] "), answer::toString);
            }
            var status = client.ask("2 STATUS INBOX (MESSAGES)");
            assertEquals("* STATUS INBOX (MESSAGES 0)", status.getFirst());
        }
    }

    /** LESSONS 8: a reader that does not read stops the production of what it asked for. */
    @Test
    void aReaderThatDoesNotRead() throws Exception {
        List<TestClient> lazy = new ArrayList<>();
        try (var client = new TestClient(server.port()).loggedIn()) {
            String message = "Subject: big\r\n\r\n" + "x".repeat(1900) + "\r\n";
            for (int i = 0; i < 20; i++) client.append(message);
            long before = Memory.used();
            for (int i = 0; i < 20; i++) {
                var one = new TestClient(server.port()).loggedIn();
                lazy.add(one);
                one.ask("s EXAMINE INBOX");
                // 40 MB each, were it all produced
                for (int n = 0; n < 1000; n++) one.send("f FETCH 1:* BODY[]\r\n");
            }
            client.append(message);
            assertTrue(client.ask("n NOOP").getLast().startsWith("n OK"));
            Memory.assertGrownLess(before, 100 << 20);
        } finally {
            for (var one : lazy) one.close();
        }
    }

    /** LESSONS 9: one client's thousands of commands do not keep another from its turn. */
    @Test
    void aClientThatPipelines() throws Exception {
        try (var busy = new TestClient(server.port()).loggedIn();
                var other = new TestClient(server.port()).loggedIn()) {
            busy.send("b NOOP\r\n".repeat(10_000));
            for (int i = 0; i < 100; i++) {
                assertTrue(other.ask("n NOOP").getLast().startsWith("n OK"));
            }
            for (int i = 0; i < 10_000; i++) assertTrue(busy.line().startsWith("b OK"));
        }
    }

    private void assertServes() throws IOException {
        try (var client = new TestClient(server.port()).loggedIn()) {
            assertTrue(client.ask("1 NOOP").getLast().startsWith("1 OK"));
        }
    }
}
