package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A conversation: {@code C:} is sent, {@code S:} must come, where {@code ...} stands for anything.
 * {@code C2:} and {@code S2:} are another client. {@code login} and {@code login2} log one in and
 * say nothing; {@code three} appends three messages and selects INBOX. {@code $UIDVALIDITY} in a
 * sent line is the number that was told last. {@code S: * etc.} passes over untagged responses up
 * to the next line. {@code {L}} or {@code {L+}} in a sent line is a literal, whose lines follow as
 * {@code L:}; {@code {CRLF}} ends a line within what is sent at once. {@code compressed} and {@code
 * plain} change how the client speaks, where the section says {@code compression}. {@code withhold:
 * MOVE IDLE} starts a server without these, {@code messages-at-once: 2} one with such a limit.
 * {@code #} starts a comment.
 */
final class Script implements AutoCloseable {

    private static final Pattern UIDVALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d+)]");
    private static final Pattern LINE = Pattern.compile("([CSL])(\\d*): ?(.*)");

    /** Begins the line that names what the server of a section does not announce. */
    static final String WITHHOLD = "withhold: ";

    /** The line of a section whose server offers COMPRESS. */
    static final String COMPRESSION = "compression";

    /** Begins the line that says how many messages a command of a section may process. */
    static final String MESSAGES_AT_ONCE = "messages-at-once: ";

    /** How a refusal ends, which a script may leave out. */
    private static final String SESSION = " \\(session imaps-\\d+\\)$";

    private static final String PASS_OVER = "* etc.";

    private final List<String> lines;
    private final int port;
    private final Map<String, TestClient> clients = new LinkedHashMap<>();
    private final Set<String> passing = new HashSet<>();
    private String uidValidity = "";

    Script(List<String> lines, int port) {
        this.lines =
                lines.stream()
                        .filter(l -> !l.isBlank() && !l.startsWith("#"))
                        .filter(l -> !l.startsWith(WITHHOLD) && !l.equals(COMPRESSION))
                        .filter(l -> !l.startsWith(MESSAGES_AT_ONCE))
                        .toList();
        this.port = port;
    }

    void run() throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("login")) {
                client(line.substring(5).strip()).loggedIn();
                continue;
            }
            if (line.equals("three")) {
                for (int n = 1; n <= 3; n++) client("").append("Subject: " + n + "\r\n\r\n");
                client("").ask("s SELECT INBOX");
                continue;
            }
            if (line.equals("compressed")) {
                client("").compress();
                continue;
            }
            if (line.equals("plain")) {
                client("").plain();
                continue;
            }
            var parts = LINE.matcher(line);
            assertTrue(parts.matches(), () -> "not a line of a script: " + line);
            String client = parts.group(2);
            switch (parts.group(1)) {
                case "S" -> expect(client, parts.group(3), i);
                case "C" -> i = send(client, parts.group(3), i);
                default -> throw new AssertionError("a literal out of place: " + line);
            }
        }
    }

    private void expect(String client, String expected, int at) throws IOException {
        if (expected.equals(PASS_OVER)) {
            passing.add(client);
            return;
        }
        var pattern = new StringBuilder();
        for (String piece : expected.split("\\.\\.\\.", -1)) {
            if (!pattern.isEmpty()) pattern.append(".*");
            pattern.append(Pattern.quote(piece));
        }
        boolean passesOver = passing.remove(client);
        String got = line(client);
        while (passesOver && got.startsWith("* ") && !Pattern.matches(pattern.toString(), got)) {
            got = line(client);
        }
        String last = expected.contains("(session ") ? got : got.replaceFirst(SESSION, "");
        assertTrue(
                Pattern.matches(pattern.toString(), last),
                () -> "\n" + context(at) + "\nexpected S: " + expected + "\ngot      S: " + last);
    }

    private String line(String client) throws IOException {
        String line = client(client).line();
        var told = UIDVALIDITY.matcher(line);
        if (told.find()) uidValidity = told.group(1);
        return line;
    }

    private String context(int at) {
        return String.join("\n", lines.subList(Math.max(0, at - 6), at));
    }

    /** Sends a line with its literal; gives the index of the last line used. */
    private int send(String client, String given, int at) throws IOException {
        String line = given.replace("$UIDVALIDITY", uidValidity).replace("{CRLF}", "\r\n");
        if (!line.contains("{L}") && !line.contains("{L+}")) {
            client(client).send(line + "\r\n");
            return at;
        }
        boolean waits = line.contains("{L}");
        int next = waits ? at + 2 : at + 1; // "S: + ..." in between
        List<String> literal = new ArrayList<>();
        int last = next - 1;
        while (last + 1 < lines.size() && lines.get(last + 1).startsWith("L:")) {
            String text = lines.get(++last).substring(2);
            literal.add((text.startsWith(" ") ? text.substring(1) : text) + "\r\n");
        }
        String octets = String.join("", literal);
        String head = line.replace("{L", "{" + octets.length());
        client(client).send(head + "\r\n");
        if (waits) expect(client, lines.get(at + 1).substring(3), at + 1);
        client(client).send(octets + "\r\n");
        return last;
    }

    private TestClient client(String name) throws IOException {
        TestClient client = clients.get(name);
        if (client == null) {
            client = new TestClient(port);
            clients.put(name, client);
        }
        return client;
    }

    @Override
    public void close() throws IOException {
        for (TestClient client : clients.values()) client.close();
    }
}
