package dev.sobre.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.line.ScriptClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * BDAT over the wire: the octets of a chunk are never commands, and arrive as they were sent or not
 * at all.
 */
class ChunkFuzzTest {

    private static final int MAILS = 9; // a connection, as each may be a mistake
    private static final String HEADER = "Subject: x\r\n\r\n";

    private static final Served SERVED = new Served();
    private static @Nullable ScriptClient client;
    private static int sent;

    /** The first octet says where the rest is cut into two chunks. */
    @FuzzTest(maxExecutions = 2_000)
    void chunksArriveOrAreRefused(byte[] octets) throws Exception {
        if (octets.length == 0) return;
        String body = new String(octets, 1, octets.length - 1, ISO_8859_1);
        int cut = Math.floorMod(octets[0], body.length() + 1);
        var wire = client();
        wire.send(
                "RSET\r\nMAIL FROM:<ann@example.org>\r\nRCPT TO:<bob@example.net>\r\n"
                        + ("BDAT " + HEADER.length() + "\r\n" + HEADER)
                        + ("BDAT " + cut + "\r\n" + body.substring(0, cut))
                        + ("BDAT " + (body.length() - cut) + " LAST\r\n" + body.substring(cut))
                        + "NOOP again\r\n");
        for (int i = 0; i < 4; i++) wire.expect("250 2...");
        String first = wire.line();
        String last = wire.line();
        wire.expect("250 2.0.0 OK");
        if (whole(body)) {
            assertEquals("250 2.0.0 " + cut + " octets taken", first);
            assertTrue(last.startsWith("250 2.0.0 "), last);
            String end = body.isEmpty() || body.endsWith("\r\n") ? "" : "\r\n";
            String text = SERVED.mail().text();
            assertTrue(text.endsWith("\r\n\r\n" + body + end), text);
        } else {
            String refusals = "550 5.6.(0|11) .*";
            boolean atOnce = first.matches(refusals) && last.startsWith("503 5.5.1 ");
            assertTrue(atOnce || last.matches(refusals), first + " / " + last);
        }
        assertEquals(0, SERVED.mails.size());
    }

    /** Whether lines end with CRLF and nothing is NUL; the input is too short for a long line. */
    private static boolean whole(String body) {
        return !body.replace("\r\n", "").matches("(?s).*[\r\n\0].*");
    }

    private static ScriptClient client() throws IOException {
        var old = client;
        if (old != null && sent++ % MAILS != 0) return old;
        if (old != null) old.close();
        try (var _ = BugDetectors.allowNetworkConnections()) { // else a finding of its own
            var next = SERVED.login();
            client = next;
            return next;
        }
    }
}
