package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good, with what extensions give them. */
class HostileExtensionsTest {

    private static final int MESSAGE_LIMIT = 4 << 20;

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("bob@example.org", "secret");
    private final ImapsServer server = Served.over(store, Served.tight(MESSAGE_LIMIT, 20_000));

    @AfterEach
    void stop() {
        server.close();
    }

    /** LESSONS 3: what is refused is dropped, wherever it stands, and never executed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPEND INBOX {4+}\r\na: 1 {%d+}\r\n%s",
                "APPEND INBOX {4+}\r\na: 1 () \"nonsense\" {%d+}\r\n%s",
                "APPEND nowhere {4+}\r\na: 1 {%d+}\r\n%s",
                "APPEND INBOX CATENATE (TEXT {%d+}\r\n%s)",
                "APPEND INBOX CATENATE (URL \"/INBOX/;UID=9\" TEXT {%d+}\r\n%s)",
                "APPEND INBOX CATENATE (URL {%d+}\r\n%s TEXT {3+}\r\na:b)",
                "APPEND INBOX UTF8 (~{%d+}\r\n%s)",
                "APPEND INBOX ~{%d+}\r\n%s",
                "REPLACE 1 INBOX {%d+}\r\n%s",
                "UID REPLACE 7 nowhere ~{%d+}\r\n%s",
                "SETMETADATA INBOX (/private/comment ~{%d+}\r\n%s)",
                "ESEARCH IN (mailboxes {%d+}\r\n%s) ALL",
                "SEARCH RETURN (UPDATE) TEXT {%d+}\r\n%s",
                "NOTIFY SET (mailboxes {%d+}\r\n%s (MessageNew))",
                "FETCH 1 BODY[HEADER.FIELDS ({%d+}\r\n%s)]",
                "UNAUTHENTICATE {%d+}\r\n%s"
            })
    void whatIsRefusedIsNotExecuted(String command) throws Exception {
        String evil = "\0\r\nA1 DELETE Archive\r\n".repeat(MESSAGE_LIMIT / 20);
        try (var client = new TestClient(server.port()).loggedIn().append("a: 1\r\n\r\n")) {
            client.ask("s SELECT INBOX");
            var answer = client.ask("1 " + command.formatted(evil.length(), evil));
            assertTrue(answer.getLast().matches("1 (NO|BAD) .*|<end>"), answer::toString);
            if (!answer.getLast().equals("<end>")) {
                var next = client.ask("2 NOOP");
                if (!next.getFirst().startsWith("* BYE")) assertEquals("2 OK", ok(next));
            }
        }
        try (var client = new TestClient(server.port()).loggedIn()) {
            assertEquals(2, client.ask("3 LIST \"\" Archive").size());
            assertEquals(
                    "* STATUS INBOX (MESSAGES 1)",
                    client.ask("4 STATUS INBOX (MESSAGES)").getFirst());
        }
    }

    private static String ok(List<String> answer) {
        return answer.getLast().substring(0, 4);
    }

    /** LESSONS 4: lists within lists are bounded in every command that has them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY SET ",
                "SEARCH RETURN ",
                "FETCH 1 ",
                "STORE 1 ",
                "STATUS INBOX ",
                "LIST ",
                "SORT ",
                "THREAD REFERENCES UTF-8 ",
                "ESEARCH IN ",
                "GETMETADATA INBOX ",
                "ID ",
                "SETQUOTA \"\" ",
                "APPEND INBOX CATENATE ",
                "SELECT INBOX ",
                "SETMETADATA INBOX "
            })
    void nestingIsBounded(String command) throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.ask("s SELECT INBOX");
            var answer = client.ask("1 " + command + "(".repeat(19_000));
            assertTrue(answer.getLast().startsWith("1 BAD"), answer::toString);
            assertEquals("2 OK", ok(client.ask("2 NOOP")));
        }
    }

    /** LESSONS 4, 5: messages in messages, and the longest part number that is taken. */
    @Test
    void deepMessagesAreAnswered() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.append("Content-Type: message/rfc822\r\n\r\n".repeat(100_000));
            client.append(
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(50_000));
            assertEquals("* 2 EXISTS", client.ask("s SELECT INBOX").get(2));
            String deep = "1" + ".1".repeat(60);
            for (String items :
                    List.of("BODY", "BODYSTRUCTURE", "BODY.PEEK[" + deep + ".MIME]<0.50>")) {
                assertEquals("f OK", ok(client.ask("f FETCH 1:2 (" + items + ")")));
            }
            assertEquals("b OK", ok(client.ask("b FETCH 1:2 BINARY.SIZE[" + deep + "]")));
            var tooDeep = client.ask("t FETCH 1:2 BODY[1" + ".1".repeat(5000) + "]");
            assertEquals("t BAD", tooDeep.getLast().substring(0, 5));
        }
    }

    /** LESSONS 5: a hundred thousand addresses, parameters and references take linear time. */
    @Test
    void longHeadersAreAnswered() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.append(
                    "Subject: x\r\nFrom: " + "a@b,\r\n ".repeat(200_000) + "c@d\r\n\r\nx\r\n");
            client.append(
                    "To: "
                            + "(".repeat(1_000_000)
                            + "\r\nCc: "
                            + "g:".repeat(500_000)
                            + "\r\n\r\n");
            var parameters = new StringBuilder("Content-Type: text/plain");
            for (int i = 0; i < 100_000; i++)
                parameters.append(";\r\n x*").append(i).append("*=%41");
            client.append(parameters + "\r\n\r\n");
            client.append("References: " + "<a@b>\r\n ".repeat(200_000) + "\r\n\r\n");
            client.append("Subject: " + "=?utf-8?q?a?= ".repeat(100_000) + "\r\n\r\n");
            client.append(
                    "Subject: " + "re: ".repeat(500_000) + "[x] ".repeat(100_000) + "\r\n\r\n");
            assertEquals("* 6 EXISTS", client.ask("s SELECT INBOX").get(2));
            for (String each :
                    List.of(
                            "FETCH 1:* (ENVELOPE BODYSTRUCTURE PREVIEW)",
                            "SEARCH HEADER References nothing FROM nobody",
                            "SORT (SUBJECT FROM DISPLAYTO) UTF-8 ALL",
                            "THREAD REFERENCES UTF-8 ALL",
                            "THREAD ORDEREDSUBJECT UTF-8 ALL")) {
                assertEquals("f OK", ok(client.ask("f " + each)), each);
            }
        }
    }

    /** LESSONS 6: no name leads out of an account, and every name that is taken comes back. */
    @Test
    void namesStayInTheirAccount() throws Exception {
        try (var client = new TestClient(server.port()).loggedIn();
                var bob = new TestClient(server.port())) {
            bob.line();
            bob.ask("l LOGIN bob@example.org secret");
            var before = bob.ask("b LIST \"\" *");
            for (String name :
                    List.of(
                            "../x",
                            "/x",
                            "../../bob@example.org/INBOX",
                            "x//y",
                            "x/../../y",
                            "\0x",
                            "x\u0001\u007f",
                            "\u00ff\u00fe",
                            "&AC8-",
                            "..&AC8-bob",
                            "&AAA-",
                            "&2AA-",
                            "x".repeat(15_000))) {
                String literal = "{" + name.length() + "+}\r\n" + name;
                for (String command : List.of("CREATE", "SUBSCRIBE", "RENAME INBOX", "DELETE")) {
                    var answer = client.ask("1 " + command + " " + literal);
                    assertTrue(answer.getLast().matches("1 (OK|NO|BAD) .*"), answer::toString);
                }
            }
            assertEquals(before, bob.ask("b LIST \"\" *"));
            for (String line : client.ask("2 LIST \"\" *")) {
                assertTrue(line.matches("[\\x20-\\x7e]*"), line);
            }
        }
    }

    /**
     * LESSONS 8: who does not read is told nothing more, of what it asked for or is notified of.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID FETCH 1:* BINARY[]",
                "FETCH 1:* (BODY[1] ENVELOPE BODYSTRUCTURE PREVIEW)",
                "SEARCH RETURN (ALL PARTIAL 1:100) OR TEXT x ALL",
                "LIST \"\" * RETURN (STATUS (MESSAGES UNSEEN SIZE) MYRIGHTS)"
            })
    void aReaderThatDoesNotRead(String command) throws Exception {
        List<TestClient> lazy = new ArrayList<>();
        try (var client = new TestClient(server.port()).loggedIn()) {
            String message = "Subject: big\r\n\r\n" + "x".repeat(20_000) + "\r\n";
            for (int i = 0; i < 20; i++) client.append(message);
            long before = Memory.used();
            for (int i = 0; i < 10; i++) {
                var one = new TestClient(server.port()).loggedIn();
                lazy.add(one);
                one.ask("s EXAMINE INBOX");
                one.ask("n NOTIFY SET (selected (MessageNew (BODY.PEEK[]) MessageExpunge))");
                for (int n = 0; n < 500; n++) one.send("f " + command + "\r\n");
            }
            for (int i = 0; i < 100; i++) client.append(message);
            assertEquals("n OK", ok(client.ask("n NOOP")));
            Memory.assertGrownLess(before, 60 << 20);
        } finally {
            for (var one : lazy) one.cut();
        }
    }

    /** LESSONS 9: thousands of costly commands of one client do not keep another from its turn. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID FETCH 1:* (ENVELOPE BODYSTRUCTURE BINARY.SIZE[1])",
                "SEARCH RETURN (COUNT) NOT TEXT zzzz",
                "SORT RETURN (COUNT) (SUBJECT) UTF-8 ALL",
                "APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\" URL \"/INBOX/;UID=2\")"
            })
    void aClientThatPipelines(String command) throws Exception {
        try (var busy = new TestClient(server.port()).loggedIn();
                var other = new TestClient(server.port()).loggedIn()) {
            for (int i = 0; i < 20; i++) busy.append("Subject: " + i + "\r\n\r\nx\r\n");
            busy.ask("s SELECT INBOX");
            busy.send(("b " + command + "\r\n").repeat(500));
            for (int i = 0; i < 50; i++) assertEquals("n OK", ok(other.ask("n NOOP")));
            for (int done = 0; done < 500; ) {
                String line = busy.line();
                assertTrue(line.startsWith("*") || line.startsWith("b OK"), line);
                if (line.startsWith("b")) done++;
            }
        }
    }
}
