package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages with binary parts. RFC 3030 §3. */
class BinaryMimeTest {

    private static final String HEADER =
            """
            From: ann@example.org
            Content-Type: multipart/mixed; boundary=b
            Content-Transfer-Encoding: binary

            --b
            Content-Type: text/plain

            hello
            --b
            Content-Transfer-Encoding: binary

            """
                    .replace("\n", "\r\n");
    private static final String ENCODED =
            HEADER.replace("binary\r\n\r\n--b", "8bit\r\n\r\n--b").replace("binary", "base64");

    private final Served served = new Served(SmtpSettings.onLoopback(0).withMessageLimit(100_000));

    @AfterEach
    void stop() {
        served.close();
    }

    /** Wherever chunks end, and in one command with the next ones. */
    @Test
    void binaryPartsAreEncoded() throws Exception {
        String mail = HEADER + "\0\r\n--\n.\r\n\u00ff\r\n--b--\r\n";
        String text = ENCODED + "AA0KLS0KLg0K/w==\r\n--b--\r\n";
        try (var client = served.login()) {
            for (int cut = HEADER.length() - 40; cut < mail.length(); cut += 3) {
                begin(client);
                client.send("BDAT " + cut + "\r\n" + mail.substring(0, cut));
                client.send("BDAT 1\r\n" + mail.substring(cut, cut + 1));
                String rest = mail.substring(cut + 1);
                client.send("BDAT " + rest.length() + " LAST\r\n" + rest);
                client.play("S: 250 2.0.0 ...\nS: 250 2.0.0 ...\nS: 250 2.0.0 OK, kept as ...");
                String kept = served.mail().text();
                int start = kept.indexOf("From: ann");
                assertTrue(kept.startsWith("Return-Path: "), kept);
                // what a client leaves out is put in, as in any mail
                assertEquals(
                        text, kept.substring(start).replaceFirst("Date: .*\r\nMess.*\r\n", ""));
            }
        }
    }

    /** Lines of text may be as long as in any other mail. */
    @Test
    void linesOfTextAreAsLongAsElsewhere() throws Exception {
        String mail = "a: b\r\n\r\n" + "x".repeat(2000) + "\r\n";
        try (var client = served.login()) {
            begin(client);
            client.send("BDAT " + mail.length() + " LAST\r\n" + mail);
            client.play("S: 250 2.0.0 OK, kept as ...");
            assertTrue(served.mail().text().endsWith("x".repeat(2000) + "\r\n"));
        }
    }

    /** What SIZE allows is what comes (RFC 1870 §5), though more is kept. */
    @Test
    void binaryIsMeasuredAsItComes() throws Exception {
        String header = "Content-Transfer-Encoding: binary\r\n\r\n";
        String mail = header + "\0".repeat(100_000 - header.length());
        try (var client = served.login()) {
            begin(client);
            client.send("BDAT 100000 LAST\r\n" + mail);
            client.play("S: 250 2.0.0 OK, kept as ...");
            assertTrue(served.mail().text().length() > 130_000);
        }
    }

    @Test
    void dataIsForText() throws IOException {
        try (var client = served.login()) {
            client.play(
                    """
                    C: MAIL FROM:<ann@example.org> body=binarymime
                    S: 250 ...
                    C: RCPT TO:<ann@example.org>
                    S: 250 ...
                    C: DATA
                    S: 503 5.5.1 ...
                    C: RSET
                    S: 250 ...
                    """);
            begin(client);
            client.send("BDAT 10 LAST\r\na: b\r\n\r\nc\n");
            client.play("S: 554 5.6.0 what is not declared binary has a CR or LF on its own");
        }
    }

    @Test
    void whatCantBeTextIsRefused() throws IOException {
        try (var client = served.login()) {
            refused(
                    client,
                    "a: b\r\n\r\n\0",
                    "554 5.6.0 what is not declared binary has a NUL octet");
            refused(
                    client,
                    "a: b\r\n\r\n" + "x".repeat(DataFramer.LONGEST_LINE + 1),
                    "554 5.6.0 what is not declared binary has a line beyond 65536 octets");
            refused(
                    client,
                    "no field\r\n\r\nx",
                    "554 5.6.0 the header has a line that is no field");
            refused(
                    client,
                    "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\0\r\n--b--\r\n",
                    "554 5.6.2 what is signed or encrypted has a NUL octet");
            refused(
                    client,
                    "Content-Transfer-Encoding: binary\r\n\r\n" + "\0".repeat(100_000),
                    "552 5.3.4 the message is larger than 100000 octets");
            client.play("C: NOOP\nS: 250 ...");
        }
        assertTrue(served.mails.isEmpty());
    }

    /** A refusal comes with the chunk, and the octets after it are still those of the message. */
    private static void refused(ScriptClient client, String mail, String answer)
            throws IOException {
        begin(client);
        client.send("BDAT " + mail.length() + " LAST\r\n" + mail);
        client.play("S: " + answer);
    }

    private static void begin(ScriptClient client) throws IOException {
        client.play(
                """
                C: MAIL FROM:<ann@example.org> BODY=BINARYMIME
                S: 250 ...
                C: RCPT TO:<ann@example.org>
                S: 250 ...
                """);
    }
}
