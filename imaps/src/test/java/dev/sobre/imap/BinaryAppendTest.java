package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages with octets that are no text, by literal8. RFC 3516 §4.4. */
class BinaryAppendTest {

    private static final String BINARY = "Content-Transfer-Encoding: binary\r\n\r\n";
    private static final String OCTETS = "\0\r--\n\r\n--\u00ff";
    private static final String BASE64 = "AA0tLQoNCi0t/w==";

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final ImapsServer server =
            Served.over(store, ImapSettings.onLoopback(0).withMessageLimit(4096));
    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new TestClient(server.port()).loggedIn();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        store.close();
    }

    @Test
    void comesBackAsItWasAppended() throws IOException {
        String message = "Subject: x\r\n" + BINARY + OCTETS;
        answers(
                "OK [APPENDUID ",
                "APPEND INBOX (\\Seen) ~{" + message.length() + "+}\r\n" + message);
        answers("OK [READ-WRITE] ", "SELECT INBOX");
        var plain = client.ask("f FETCH 1 BODY[TEXT]");
        assertEquals(List.of("* 1 FETCH (BODY[TEXT] {18}", BASE64, ")"), plain.subList(0, 3));
        String octets = String.join("\n", client.ask("g FETCH 1 (BINARY.SIZE[1] BINARY[1])"));
        String sent = OCTETS.replace("\r", "");
        assertTrue(
                octets.startsWith("* 1 FETCH (BINARY.SIZE[1] 10 BINARY[1] ~{10}\n" + sent), octets);
    }

    /**
     * A part declared in one piece comes in the next; what is text comes in literals of any kind.
     */
    @Test
    void isPutTogetherFromPieces() throws IOException {
        String start = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";
        String end = "\r\n--b--\r\n";
        answers(
                "OK [APPENDUID ",
                "APPEND INBOX CATENATE (TEXT {%d+}\r\n%s TEXT ~{%d+}\r\n%s TEXT {%d+}\r\n%s)"
                        .formatted(
                                start.length() + BINARY.length(),
                                start + BINARY,
                                OCTETS.length(),
                                OCTETS,
                                end.length(),
                                end));
        answers("OK [READ-WRITE] ", "SELECT INBOX");
        var part = client.ask("f FETCH 1 BODY.PEEK[1]");
        assertEquals(List.of("* 1 FETCH (BODY[1] {16}", BASE64 + ")"), part.subList(0, 2));
        // again, with the header taken from there
        String url = "URL /INBOX/;UID=1/;SECTION=HEADER";
        String rest = "--b\r\n" + BINARY + OCTETS + end;
        answers(
                "OK [APPENDUID ",
                "APPEND INBOX CATENATE (%s TEXT ~{%d+}\r\n%s)".formatted(url, rest.length(), rest));
        assertEquals(BASE64 + ")", client.ask("g FETCH 2 BODY.PEEK[1]").get(1));
    }

    @Test
    void whatCantBeEncodedIsRefused() throws IOException {
        for (String message :
                List.of(
                        "a: b\r\n\r\n\0",
                        "a: b\r\n\r\nx\ny",
                        "a: b\r",
                        "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n" + BINARY + "\0",
                        "Content-Type: message/partial\r\n" + BINARY + "\0")) {
            String literal = "~{" + message.length() + "+}\r\n" + message;
            answers("NO [UNKNOWN-CTE] ", "APPEND INBOX " + literal);
            answers("NO [UNKNOWN-CTE] ", "APPEND INBOX CATENATE (TEXT " + literal + ")");
            answers("NO [UNKNOWN-CTE] ", "APPEND INBOX {4+}\r\na: 1 " + literal);
        }
        answers("NO [CANNOT] ", "APPEND INBOX {3+}\r\na:\0");
        String grows = BINARY + "\0".repeat(4000);
        answers("NO [TOOBIG] ", "APPEND INBOX ~{" + grows.length() + "+}\r\n" + grows);
        assertEquals(
                "* STATUS INBOX (MESSAGES 0)", client.ask("s STATUS INBOX (MESSAGES)").getFirst());
    }

    /** What is text is kept as it is, whatever it is called on the way. */
    @Test
    void textIsKept() throws IOException {
        String signed = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n" + BINARY + "x";
        for (String message : List.of("a: b\r\n\r\n" + "x".repeat(2000), signed)) {
            answers(
                    "OK [APPENDUID ",
                    "APPEND INBOX UTF8 (~{" + message.length() + "+}\r\n" + message + ")");
        }
        answers("OK [READ-WRITE] ", "SELECT INBOX");
        assertEquals(
                "* 1 FETCH (RFC822.SIZE 2008)", client.ask("f FETCH 1 RFC822.SIZE").getFirst());
        assertEquals(
                "* 2 FETCH (RFC822.SIZE " + signed.length() + ")",
                client.ask("f FETCH 2 RFC822.SIZE").getFirst());
    }

    private void answers(String start, String command) throws IOException {
        String answer = client.ask("1 " + command).getLast();
        assertTrue(answer.startsWith("1 " + start), answer);
    }
}
