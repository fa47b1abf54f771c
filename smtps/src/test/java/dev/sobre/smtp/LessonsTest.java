package dev.sobre.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.OneSecret;
import dev.sobre.line.ScriptClient;
import dev.sobre.line.sasl.PasswordVerifier;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What broke other servers at the login. */
class LessonsTest {

    private static final String USER = "ann@example.org";
    private static final String PLAIN = "AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=";

    @Test
    void lesson7NothingIsSaidWithoutTls() throws IOException {
        try (var served = new Served();
                var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("EHLO x\r\nSTARTTLS\r\nNOOP\r\n".getBytes(UTF_8));
            String got = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertFalse(got.contains("220") || got.contains("250"), got);
        }
    }

    @Test
    void lesson10BadBase64HurtsNobodyElse() throws IOException {
        try (var served = new Served();
                var careless = served.connect();
                var other = served.connect()) {
            other.play("C: HELO x\nS: 250 ...\nC: AUTH PLAIN\nS: 334...");
            careless.play("C: HELO x\nS: 250 ...");
            for (int i = 0; i < 5; i++) {
                careless.play("C: AUTH PLAIN\nS: 334...\nC: ====\nS: 501 5.5.2 ...");
            }
            other.play("C: AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=\nS: 235 ...");
            careless.play("C: " + PLAIN + "\nS: 235 ...");
        }
    }

    /** Over the real check of passwords, which takes as long for somebody who is not there. */
    @Test
    void lesson10NobodyLearnsWhoIsThere() throws IOException {
        var store = MemoryStore.with(USER, "secret");
        try (var verifier = PasswordVerifier.over(store.accounts());
                var server =
                        SmtpsServer.start(SmtpSettings.onLoopback(0), Served.TLS, verifier, store);
                var client = new ScriptClient(server.port(), Served.IDENTITY.certificate())) {
            client.play("S: 220 ...\nC: HELO x\nS: 250 ...");
            Set<String> answers = new HashSet<>();
            for (String user : List.of(USER, "nobody@example.org", "x@[")) {
                client.send("AUTH PLAIN " + base64("\0" + user + "\0wrong") + "\r\n");
                answers.add(client.line());
            }
            assertEquals(
                    Set.of("535 5.7.8 user name or password is wrong (session smtps-1)"), answers);
        }
    }

    @Test
    void lesson13PlainWorksWhereScramIsOffered() throws Exception {
        try (var server = scrammed();
                var client = greeted(server)) {
            client.play("C: " + PLAIN + "\nS: 235 ...");
        }
    }

    @Test // mechanisms are a setting of each listener
    void lesson13WhatBreaksClientsCanBeWithheld() throws Exception {
        try (var server = scrammed(Set.of("scram-sha-256", "SCRAM-SHA-256-PLUS"));
                var client = greeted(server, "AUTH PLAIN LOGIN")) {
            client.play("C: AUTH SCRAM-SHA-256\nS: 504 5.5.4 ...\nC: " + PLAIN + "\nS: 235 ...");
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> SmtpSettings.onLoopback(0).withheld(Set.of("PLAIN")));
    }

    @Test // RFC 5802, RFC 7677; RFC 4954 §4: the last message of the server needs an empty answer
    void scramWithAndWithoutAnInitialResponse() throws Exception {
        String bare = "n=" + USER + ",r=abcdefgh";
        try (var server = scrammed();
                var client = greeted(server);
                var other = greeted(server)) {
            client.send("AUTH SCRAM-SHA-256 " + base64("n,," + bare) + "\r\n");
            prove(client, bare, "secret", "235 2.7.0 welcome");
            other.play("C: AUTH SCRAM-SHA-256 " + base64("n,," + bare) + "\nS: 334 ...");
            other.play("C: *\nS: 501 5.7.0 ...");
            other.play("C: AUTH SCRAM-SHA-256\nS: 334...");
            other.send(base64("n,," + bare) + "\r\n");
            String refusal = prove(other, bare, "wrong", "");
            assertTrue(refusal.startsWith("535 5.7.8 "), refusal);
            other.play("C: AUTH SCRAM-SHA-256-PLUS " + base64("n,," + bare) + "\nS: 535 5.7.8 ...");
            other.play("C: " + PLAIN + "\nS: 235 ...");
        }
    }

    @Test // RFC 9266
    void scramPlusIsBoundToItsConnection() throws Exception {
        String bare = "n=" + USER + ",r=abcdefgh";
        String p = "p=tls-exporter,,";
        try (var server = scrammed();
                var client = greeted(server);
                var other = greeted(server)) {
            client.send("AUTH SCRAM-SHA-256-PLUS " + base64(p + bare) + "\r\n");
            String refusal = prove(client, p, other.channelBinding(), bare, "secret", "");
            assertTrue(refusal.startsWith("535 5.7.8 "), refusal);
            client.send("AUTH SCRAM-SHA-256-PLUS " + base64(p + bare) + "\r\n");
            prove(client, p, client.channelBinding(), bare, "secret", "235 2.7.0 welcome");
        }
    }

    private static SmtpsServer scrammed() {
        return scrammed(Set.of());
    }

    private static SmtpsServer scrammed(Set<String> withheld) {
        var store = MemoryStore.with(USER, "secret");
        return SmtpsServer.start(
                SmtpSettings.onLoopback(0).withheld(withheld),
                Served.TLS,
                new OneSecret(store, USER, "secret"),
                store);
    }

    private static ScriptClient greeted(SmtpsServer server) throws IOException {
        return greeted(server, "AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN");
    }

    private static ScriptClient greeted(SmtpsServer server, String offered) throws IOException {
        var client = new ScriptClient(server.port(), Served.IDENTITY.certificate());
        client.play("S: 220 ...\nC: EHLO x\nS: 250-...");
        String line;
        String auth = "";
        do {
            line = client.line();
            if (line.contains("AUTH ")) auth = line.substring(4);
        } while (line.startsWith("250-"));
        assertEquals(offered, auth);
        return client;
    }

    /** Answers the server's first message; its last line. */
    private static String prove(ScriptClient client, String bare, String password, String wanted)
            throws IOException, GeneralSecurityException {
        return prove(client, "n,,", new byte[0], bare, password, wanted);
    }

    private static String prove(
            ScriptClient client,
            String gs2,
            byte[] binding,
            String bare,
            String password,
            String wanted)
            throws IOException, GeneralSecurityException {
        String line = client.line();
        assertTrue(line.startsWith("334 "), line);
        String first = new String(Base64.getDecoder().decode(line.substring(4)), UTF_8);
        String nonce = first.substring(2, first.indexOf(",s="));
        // Latin-1 keeps each octet.
        String bound = gs2 + new String(binding, ISO_8859_1);
        String unproved =
                "c="
                        + Base64.getEncoder().encodeToString(bound.getBytes(ISO_8859_1))
                        + ",r="
                        + nonce;
        String proof = OneSecret.proof(password, bare + "," + first + "," + unproved);
        client.send(base64(unproved + ",p=" + proof) + "\r\n");
        line = client.line();
        if (wanted.isEmpty()) return line;
        assertTrue(line.startsWith("334 "), line);
        client.send("\r\n");
        line = client.line();
        assertEquals(wanted, line);
        return line;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
