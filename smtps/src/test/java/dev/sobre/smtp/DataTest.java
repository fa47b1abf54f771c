package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes after DATA, over the wire. */
class DataTest {

    private final Served served = new Served(SmtpSettings.onLoopback(0).withMessageLimit(200_000));

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void lesson1SmuggledCommandsAreNotRun() throws Exception {
        try (ScriptClient client = served.login()) {
            String smuggled =
                    "MAIL FROM:<ann@example.org>\r\nRCPT TO:<eve@example.net>\r\nDATA\r\n";
            for (String end :
                    List.of("\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n")) {
                String rest = smuggled + "two\r\n.\r\nNOOP\r\n";
                for (int cut = 0; cut <= end.length(); cut++) { // also between two TLS records
                    client.play(Served.BEGIN);
                    client.send("Subject: x\r\n\r\none" + end.substring(0, cut));
                    client.send(end.substring(cut) + rest);
                    client.expect("550 5.6.11 ...");
                    client.expect("250 2.0.0 OK");
                }
            }
            client.play(Served.BEGIN);
            client.send("Subject: x\r\n\r\na\0b\r\n.\r\n");
            client.expect("550 5.6.0 the message has a NUL octet");
            client.play("C: QUIT\nS: 221 ...").expectEnd();
        }
        assertTrue(served.mails.isEmpty());
    }

    @Test
    void lesson19ACutConnectionDeliversNothing() throws Exception {
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send("Subject: cut\r\n\r\nwhole so far\r\n");
            client.cut();
        }
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send("Subject: closed\r\n\r\nwhole so far\r\n.\r");
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        assertTrue(served.mails.isEmpty());
    }

    /** What came whole is mail, also if its sender was cut off before our answer. */
    @Test
    void lesson19OnlyTheEndOfDataMakesAMail() throws Exception {
        String whole = "Subject: cut\r\n\r\nabc\r\n.\r\n";
        for (int cut = whole.length() - 7; cut < whole.length(); cut++) {
            try (ScriptClient client = served.login()) {
                client.play(Served.BEGIN);
                client.send(whole.substring(0, cut));
                client.cut();
            }
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        assertTrue(served.mails.isEmpty());
        for (int i = 0; i < 10; i++) {
            try (ScriptClient client = served.login()) {
                client.play(Served.BEGIN);
                client.send(whole);
                client.cut();
            }
            assertTrue(served.mail().text().endsWith("abc\r\n"));
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        assertTrue(served.mails.isEmpty(), "once");
    }

    /** RFC 3030: a message is whole with the last octet of its last chunk. */
    @Test
    void lesson19AChunkThatIsCutDeliversNothing() throws Exception {
        String chunks = "BDAT 14\r\nSubject: x\r\n\r\nBDAT 5 LAST\r\nabc\r\n";
        for (int cut = 0; cut < chunks.length(); cut++) {
            try (ScriptClient client = served.login()) {
                client.play(Served.ENVELOPE);
                client.send(chunks.substring(0, cut));
                client.cut();
            }
        }
        Awaitility.await().until(() -> served.server.sessions().isEmpty());
        assertTrue(served.mails.isEmpty());
        try (ScriptClient client = served.login()) {
            client.play(Served.ENVELOPE);
            client.send(chunks);
            client.play("S: 250 ...\nS: 250 ...");
        }
        assertTrue(served.mail().text().endsWith("abc\r\n"));
    }

    @Test
    void linesAreKeptAsTheyCome() throws Exception {
        String body =
                "Subject: x\r\n\r\n"
                        + ("x".repeat(990) + "\r\n").repeat(3)
                        + ("y".repeat(40_000) + "\r\n")
                        + "..\r\n..stuffed\r\n. \r\n\u00e4\u00f6\u00fc\r\n\r\n";
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send(body + ".\r\n");
            client.expect("250 2.0.0 ...");
        }
        String got = served.mail().text();
        String expected = body.replace("\r\n.", "\r\n");
        assertEquals(expected.substring(10), got.substring(got.indexOf("\r\n\r\n")));
    }

    @Test
    void tooBigAMessageIsReadAndRefused() throws Exception {
        String line = "z".repeat(98) + "\r\n";
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send("Subject: big\r\n\r\n" + line.repeat(4000) + ".\r\n");
            client.expect("552 5.3.4 ...");
            client.play(Served.BEGIN);
            client.send("X: y\r\n\r\n" + line.repeat(1999) + ".\r\n");
            client.expect("250 2.0.0 ...");
        }
        assertEquals("bob@example.net", served.mail().envelope().recipients().getFirst().address());
        assertTrue(served.mails.isEmpty());
    }

    /** What is refused is read up to as much again as is allowed, and no further. */
    @Test
    void aMessageMayNotBeWithoutEnd() throws Exception {
        String line = "z".repeat(98) + "\r\n";
        String answer = "552 5.3.4 the message is larger than 200000 octets";
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send("Subject: a bare LF\n" + line.repeat(4200));
            client.play("S: " + answer).expectEnd();
        }
        try (ScriptClient client = served.login()) {
            client.send("BDAT 400001\r\n"); // also where it could not be taken at all
            client.play("S: " + answer).expectEnd();
        }
        try (ScriptClient client = served.login()) {
            client.play(Served.ENVELOPE);
            client.send("BDAT 400001\r\n");
            client.play("S: " + answer).expectEnd();
        }
        try (ScriptClient client = served.login()) {
            client.play(Served.ENVELOPE);
            client.send("BDAT 400000\r\n" + line.repeat(4000));
            client.play("S: " + answer + "\nC: NOOP\nS: 250 ...");
        }
        assertTrue(served.mails.isEmpty());
    }

    @Test
    void aLineMayNotBeWithoutEnd() throws Exception {
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send("Subject: x\r\n\r\n" + "z".repeat(70_000) + "\r\n.\r\n");
            client.expect("550 5.6.0 the message has a line longer than 65536 octets");
            String longest = "Subject: x\r\n\r\n" + "z".repeat(DataFramer.LONGEST_LINE);
            client.play(Served.BEGIN);
            client.send(longest + "\r\n.\r\n");
            client.expect("250 2.0.0 ...");
            client.play(Served.ENVELOPE);
            client.send("BDAT " + (longest.length() + 2) + " LAST\r\n" + longest + "\r\n");
            client.expect("250 2.0.0 ...");
            client.play(Served.ENVELOPE);
            client.send("BDAT " + (longest.length() + 1) + " LAST\r\n" + longest + "z");
            client.expect("550 5.6.0 the message has a line longer than 65536 octets");
        }
    }

    @Test
    void commandsMayBePipelined() throws Exception {
        try (ScriptClient client = served.login()) {
            String mail = "MAIL FROM:<ann@example.org>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n";
            client.send(
                    mail + "Subject: 1\r\n\r\n.\r\n" + mail + "Subject: 2\r\n\r\n.\r\nQUIT\r\n");
            String answers = "S: 250 ...\nS: 250 ...\nS: 354 ...\nS: 250 ...\n";
            client.play(answers + answers + "S: 221 ...").expectEnd();
        }
        assertTrue(served.mail().text().contains("Subject: 1\r\n"));
        assertTrue(served.mail().text().contains("Subject: 2\r\n"));
    }

    @Test
    void theEnvelopeIsTheClients() throws Exception {
        try (ScriptClient client = served.login()) {
            client.play(
                    """
                    C: MAIL FROM:<Ann.Smith@example.org>
                    S: 250 ...
                    C: RCPT TO:<"odd one"@example.net>
                    S: 250 ...
                    C: RCPT TO:<bob@[192.0.2.1]>
                    S: 250 ...
                    C: DATA
                    S: 354 ...
                    C: .
                    S: 250 ...
                    """);
        }
        Envelope envelope = served.mail().envelope();
        assertEquals("ann@example.org", envelope.account().address());
        assertEquals(new MailPath("Ann.Smith", "example.org"), envelope.sender().orElseThrow());
        assertEquals(
                List.of(new MailPath("odd one", "example.net"), new MailPath("bob", "[192.0.2.1]")),
                envelope.recipients());
    }

    @Test
    void aLargeMessageGoesThroughAFile() throws Exception {
        String body = "Subject: x\r\n\r\n" + ("0123456789".repeat(7) + "\r\n").repeat(2500);
        try (ScriptClient client = served.login()) {
            client.play(Served.BEGIN);
            client.send(body + ".\r\n");
            client.expect("250 2.0.0 ...");
        }
        Served.Got got = served.mails.poll(20, TimeUnit.SECONDS);
        assertTrue(got != null && got.text().endsWith(body.substring(10)));
    }
}
