package dev.sobre.smtp;

import dev.sobre.line.ScriptClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every verb once in use and once misused: a class that lacks shows only when its verb runs. */
class VerbsTest {

    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void helo() throws IOException {
        plays(
                """
                C: HELO
                S: 501 5.5.4 ...
                C: helo client
                S: 250 localhost greets 127.0.0.1
                C: HELO again
                S: 250 localhost greets 127.0.0.1
                """);
    }

    @Test
    void ehlo() throws IOException {
        plays(
                """
                C: EHLO
                S: 501 5.5.4 ...
                C: EHLO [127.0.0.1]
                S: 250-localhost greets 127.0.0.1
                S: 250-PIPELINING
                S: 250-ENHANCEDSTATUSCODES
                S: 250-8BITMIME
                S: 250-AUTH PLAIN LOGIN
                S: 250-SIZE 52428800
                S: 250-SMTPUTF8
                S: 250-LIMITS RCPTMAX=1000
                S: 250-CHUNKING
                S: 250-BINARYMIME
                S: 250 HELP
                """);
    }

    @Test
    void noop() throws IOException {
        plays("C: NOOP\nS: 250 2.0.0 OK\nC: noop anything\nS: 250 2.0.0 OK");
    }

    @Test
    void rset() throws IOException {
        plays("C: RSET\nS: 250 2.0.0 OK\nC: RSET x\nS: 501 5.5.4 ...");
    }

    @Test
    void vrfy() throws IOException {
        plays("C: VRFY ann\nS: 252 2.0.0 ...\nC: VRFY\nS: 501 5.5.4 ...");
    }

    @Test
    void expn() throws IOException {
        plays("C: EXPN list\nS: 502 5...");
    }

    @Test
    void help() throws IOException {
        plays("C: HELP\nS: 214 2.0.0 ...\nC: HELP MAIL\nS: 214 2.0.0 ...");
    }

    @Test
    void unknown() throws IOException {
        plays(
                """
                C: STARTTLS
                S: 500 5.5.1 ...
                C:
                S: 500 5.5.1 ...
                C: UNKNOWN_CMD
                S: 500 5.5.1 ...
                """);
    }

    @Test
    void quit() throws IOException {
        try (ScriptClient client = served.connect()) {
            client.play("C: QUIT now\nS: 501 5.5.4 ...\nC: QUIT\nS: 221 2.0.0 localhost ...")
                    .expectEnd();
        }
    }

    @Test
    void mail() throws IOException {
        loggedIn(
                """
                C: MAIL FROM:<ann@example.org> SIZE=100 BODY=8BITMIME
                S: 250 2.1.0 OK
                C: MAIL FROM:<ann@example.org>
                S: 503 5.5.1 ...
                C: RSET
                S: 250 2.0.0 OK
                # an own address in any letter case; parameters too (RFC 5321 §2.4)
                C: mail from:<ANN.SMITH@EXAMPLE.ORG> size=100 body=7bit auth=<>
                S: 250 2.1.0 OK
                C: EHLO again
                S*: 250
                C: MAIL FROM:<>
                S: 250 2.1.0 OK
                """);
    }

    @Test
    void mailRefused() throws IOException {
        loggedIn(
                """
                C: MAIL
                S: 501 5.5.4 ...
                C: MAIL FROM:ann@example.org
                S: 501 5.1.7 ...
                C: MAIL FROM:<bob@example.org>
                S: 553 5.7.1 ...
                C: MAIL FROM:<ann@example.org> SIZE=52428801
                S: 552 5.3.4 ...
                C: MAIL FROM:<ann@example.org> SIZE=99999999999999999999
                S: 552 5.3.4 ...
                C: MAIL FROM:<ann@example.org> SIZE=1x
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> SIZE=1 SIZE=1
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> AUTH
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> AUTH=a+3Gb
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> BODY=16BIT
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> SMTPUTF9
                S: 555 5.5.4 ...
                C: MAIL FROM:<ann@example.org> RET=HDRS
                S: 555 5.5.4 ...
                """);
    }

    @Test
    void rcpt() throws IOException {
        loggedIn(
                """
                C: RCPT TO:<bob@example.org>
                S: 503 5.5.1 ...
                C: MAIL FROM:<ann@example.org>
                S: 250 2.1.0 OK
                C: RCPT TO:<bob@example.org>
                S: 250 2.1.5 OK
                C: rcpt to:<Postmaster>
                S: 250 2.1.5 OK
                C: RCPT TO:<>
                S: 501 5.1.3 ...
                C: RCPT TO:<bob@example.org> NOTIFY=NEVER
                S: 555 5.5.4 ...
                """);
    }

    @Test
    void data() throws IOException {
        loggedIn(
                """
                C: DATA
                S: 503 5.5.1 ...
                C: MAIL FROM:<ann@example.org>
                S: 250 2.1.0 OK
                C: DATA
                S: 554 5.5.1 no valid recipients
                C: RCPT TO:<bob@example.org>
                S: 250 2.1.5 OK
                C: DATA now
                S: 501 5.5.4 ...
                C: DATA
                S: 354 ...
                C: .
                S: 250 2.0.0 ...
                C: DATA
                S: 503 5.5.1 ...
                """);
    }

    @Test
    void authPlain() throws IOException {
        plays(
                """
                C: AUTH PLAIN
                S: 503 5.5.1 ...
                C: HELO x
                S: 250 ...
                C: MAIL FROM:<ann@example.org>
                S: 530 5.7.0 ...
                C: AUTH PLAIN
                S: 334...
                C: AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                S: 235 2.7.0 ...
                C: AUTH PLAIN
                S: 503 5.5.1 ...
                """);
    }

    @Test
    void authLogin() throws IOException {
        plays(
                """
                C: HELO x
                S: 250 ...
                C: auth login
                S: 334 VXNlcm5hbWU6
                C: YW5uQGV4YW1wbGUub3Jn
                S: 334 UGFzc3dvcmQ6
                C: d3Jvbmc=
                S: 535 5.7.8 ...
                # with the name as initial response
                C: AUTH LOGIN YW5uQGV4YW1wbGUub3Jn
                S: 334 UGFzc3dvcmQ6
                C: c2VjcmV0
                S: 235 2.7.0 ...
                """);
    }

    @Test
    void lesson10AuthMisused() throws IOException {
        plays(
                """
                C: HELO x
                S: 250 ...
                C: AUTH
                S: 501 5.5.4 ...
                C: AUTH CRAM-MD5
                S: 504 5.5.4 ...
                C: AUTH PLAIN
                S: 334...
                C: *
                S: 501 5.7.0 ...
                C: AUTH PLAIN
                S: 334...
                C: not base64!
                S: 501 5.5.2 ...
                C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ
                S: 501 5.5.2 ...
                C: AUTH PLAIN =
                S: 535 5.7.8 ...
                C: AUTH PLAIN AGJ1c3kAeA==
                S: 454 4.7.0 ...
                C: NOOP
                S: 250 ...
                """);
    }

    private static void plays(String script) throws IOException {
        try (ScriptClient client = served.connect()) {
            client.play(script);
        }
    }

    private static void loggedIn(String script) throws IOException {
        try (ScriptClient client = served.login()) {
            client.play(script);
        }
    }
}
