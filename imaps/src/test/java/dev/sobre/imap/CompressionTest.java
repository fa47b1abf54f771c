package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is compressed costs no more than what is not. RFC 4978; LESSONS 2, 3. */
class CompressionTest {

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final ImapsServer server =
            Served.over(store, Served.tight(400_000, 9_000).withCompression(true));

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient compressed() throws IOException {
        var client = new TestClient(server.port()).loggedIn();
        assertEquals(List.of("c OK DEFLATE active"), client.ask("c COMPRESS DEFLATE"));
        client.compress();
        return client;
    }

    @Test
    void whatDoesNotGetShorterComesWhole() throws Exception {
        byte[] noise = new byte[150_000];
        new Random(4978).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) noise[i] = (byte) ('!' + (noise[i] & 0x3f));
        var body = new StringBuilder("Subject: noise\r\n\r\n");
        for (int at = 0; at < noise.length; at += 75) {
            body.append(new String(noise, at, 75, ISO_8859_1)).append("\r\n");
        }
        try (var client = compressed()) {
            client.append(body.toString());
            client.ask("1 EXAMINE INBOX");
            var lines = client.ask("2 FETCH 1 BODY[]");
            String got = String.join("\r\n", lines.subList(1, lines.size() - 2)) + "\r\n";
            assertEquals(body.toString(), got);
        }
    }

    /** The limits are of what is meant, not of what is sent. */
    @Test
    void aLineThatUnfoldsWithoutEndIsCut() throws Exception {
        try (var client = compressed()) {
            try {
                for (int i = 0; i < 1000; i++) client.send("x".repeat(100_000));
            } catch (IOException closed) {
                // the server has had enough
            }
            String answer = client.rest().getFirst();
            assertTrue(answer.equals("<end>") || answer.startsWith("* BYE [TOOBIG]"), answer);
        }
    }

    @Test
    void whatUnfoldsBeyondALimitIsRefused() throws Exception {
        try (var client = compressed()) {
            String much = "x".repeat(30_000);
            var answers = client.ask("1 NOOP {30000+}\r\n" + much);
            assertTrue(answers.getLast().startsWith("1 BAD"), answers::toString);
            answers = client.ask("2 STATUS {30000+}\r\n" + much + " (MESSAGES)");
            assertTrue(answers.getLast().startsWith("2 NO [TOOBIG]"), answers::toString);
            answers = client.ask("3 APPEND INBOX {400001+}\r\n" + "x".repeat(400_001));
            assertTrue(answers.getLast().startsWith("3 NO [TOOBIG]"), answers::toString);
            assertEquals("4 OK NOOP completed", client.ask("4 NOOP").getLast());
        }
    }

    @Test
    void whatIsNotCompressedEndsTheConnection() throws Exception {
        try (var client = compressed()) {
            client.sendRaw("1 NOOP\r\n".getBytes(ISO_8859_1));
            assertEquals("<end>", client.line());
        }
        Awaitility.await().until(() -> server.sessions().isEmpty());
    }

    /** A client may end its flush in a packet of its own; that is no input. */
    @Test
    void anEmptyFlushDoesNotEndAnIdle() throws Exception {
        try (var client = compressed();
                var other = new TestClient(server.port()).loggedIn()) {
            client.ask("1 SELECT INBOX");
            client.send("2 IDLE\r\n");
            assertEquals("+ idling", client.line());
            byte[] flush = {0, 0, 0, (byte) 0xff, (byte) 0xff}; // a stored block of nothing
            for (int i = 0; i < 3; i++) client.sendRaw(flush);
            other.append("Subject: news\r\n\r\n");
            assertEquals("* 1 EXISTS", client.line());
            client.line();
            client.send("DONE\r\n");
            assertEquals("2 OK IDLE completed", client.line());
        }
    }
}
