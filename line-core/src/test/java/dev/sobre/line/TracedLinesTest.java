package dev.sobre.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator sees of a session, and what not. */
class TracedLinesTest {

    private final List<String> seen = new ArrayList<>();
    private final TracedLines lines =
            new TracedLines((client, text) -> seen.add((client ? "C: " : "S: ") + text));

    private void client(String line) {
        lines.client(line.getBytes(UTF_8));
    }

    private void server(String octets) {
        byte[] all = octets.getBytes(UTF_8);
        for (byte each : all) lines.server(new byte[] {each}, 0, 1);
    }

    @Test
    void linesAreShownAndLiteralsCounted() {
        client("1 FETCH 1 (FLAGS BODY[])");
        server("* 1 FETCH (FLAGS () BODY[] {12}\r\n");
        lines.body(12);
        server(")\r\n* 2 FETCH (BODY[1] {8}\r\nsecret\r\n FLAGS ())\r\n1 OK FETCH completed\r\n");
        assertEquals(
                List.of(
                        "C: 1 FETCH 1 (FLAGS BODY[])",
                        "S: * 1 FETCH (FLAGS () BODY[] {12}",
                        "S: )",
                        "S: * 2 FETCH (BODY[1] {8}",
                        "S:  FLAGS ())",
                        "S: 1 OK FETCH completed"),
                seen);
    }

    @Test
    void secretsAreMasked() {
        client("1 LOGIN ann secret");
        server("1 NO [AUTHENTICATIONFAILED] no\r\n");
        client("2 AUTHENTICATE PLAIN");
        server("+ \r\n");
        client("AGFubgBzZWNyZXQ=");
        server("2 OK in\r\n");
        client("3 NOOP");
        client("PASS secret");
        server("* 1 FETCH (PREVIEW \"the \\\"text\\\" itself\" UID 1)\r\n");
        assertEquals(
                List.of(
                        "C: 1 LOGIN (masked)",
                        "S: 1 NO [AUTHENTICATIONFAILED] no",
                        "C: 2 AUTHENTICATE (masked)",
                        "S: + ",
                        "C: (masked)",
                        "S: 2 OK in",
                        "C: 3 NOOP",
                        "C: PASS (masked)",
                        "S: * 1 FETCH (PREVIEW (masked) UID 1)"),
                seen);
    }

    @Test
    void messagesOfPop3AreNotShown() {
        client("RETR 1");
        server("+OK 30 octets\r\nSubject: x\r\n\r\n");
        lines.body(10);
        server("\r\n.\r\n");
        client("NOOP");
        server("+OK\r\n");
        assertEquals(
                List.of(
                        "C: RETR 1",
                        "S: +OK 30 octets",
                        "S: (10 octets of a message)",
                        "S: .",
                        "C: NOOP",
                        "S: +OK"),
                seen);
    }

    @Test
    void linesAreCutAndControlsDropped() {
        client("\u001b[31m" + "x".repeat(600));
        assertEquals("C: ?[31m" + "x".repeat(495) + "…", seen.getFirst());
    }
}
