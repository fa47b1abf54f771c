package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.Limits;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README promises to those who embed the server. */
class EmbeddingTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    @Test
    void startsInThreeLines() throws Exception {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        var store = MemoryStore.with("ann@example.org", "secret");
        try (var server = ImapsServer.start(0, tls, store)) {
            try (var client = new TestClient(server.port()).loggedIn()) {
                assertTrue(client.ask("1 NOOP").getLast().startsWith("1 OK"));
                assertEquals("ann@example.org", server.sessions().getFirst().user().orElseThrow());
            }
            server.close(); // twice is fine
        }
    }

    @Test
    void saysByeWhenItStops() throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        try (var server = ImapsServer.start(0, TLS, store);
                var client = new TestClient(server.port()).loggedIn()) {
            server.close();
            assertTrue(client.line().startsWith("* BYE [UNAVAILABLE]"));
            assertEquals("<end>", client.line());
        }
    }

    /** LESSONS 25: capabilities can be switched off, and then are neither announced nor served. */
    @Test
    void withholdsCapabilities() throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        var settings =
                ImapSettings.onLoopback(0)
                        .withName("Mail")
                        .withheld(Set.of("Move", "UIDPLUS", "literal+", "AUTH=LOGIN", "IDLE"));
        try (var server = ImapsServer.start(settings, TLS, store, store.authenticator());
                var client = new TestClient(server.port())) {
            assertEquals(
                    "* OK [CAPABILITY IMAP4rev1 SASL-IR LITERAL- ID ENABLE AUTH=PLAIN] Mail ready",
                    client.line());
            assertTrue(client.ask("1 AUTHENTICATE LOGIN").getLast().startsWith("1 NO"));
            String loggedIn = client.ask("2 LOGIN ann@example.org secret").getLast();
            assertTrue(loggedIn.startsWith("2 OK [CAPABILITY IMAP4rev1 LITERAL- "), loggedIn);
            var capabilities = List.of(loggedIn.replaceAll(".*\\[|].*", "").split(" "));
            for (String withheld : settings.offer().withheld()) {
                assertFalse(capabilities.contains(withheld), withheld);
            }
            assertTrue(client.ask("3 IDLE").getLast().startsWith("3 BAD"));
            String big = "x".repeat(5000);
            var answer = client.ask("4 APPEND INBOX {5000+}\r\n" + big);
            assertTrue(answer.getLast().startsWith("4 BAD [TOOBIG]"), answer::toString);
            assertEquals(
                    "5 OK APPEND completed", client.ask("5 APPEND INBOX {4+}\r\na: b").getLast());
        }
    }

    @Test
    void namesWhatCanBeWithheld() {
        var settings = ImapSettings.onLoopback(0);
        for (String nonsense : Set.of("MOVES", "IMAP4rev1", "AUTH=NTLM", "")) {
            var refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> settings.withheld(Set.of(nonsense)));
            String text = String.valueOf(refused.getMessage());
            assertTrue(text.contains("AUTH=PLAIN, ") && text.contains(" MOVE, "), text);
        }
        var all = Set.copyOf(ImapSettings.capabilities());
        assertEquals(all.size(), settings.withheld(all).offer().withheld().size());
    }

    /** LESSONS 26: a waiting connection hears something before routers forget it. */
    @ParameterizedTest
    @CsvSource({"1 IDLE, + idling", "1 NOTIFY SET (PERSONAL (MailboxName)), 1 OK NOTIFY completed"})
    void keepsWaitingConnectionsAlive(String command, String answer) throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        var settings =
                ImapSettings.onLoopback(0)
                        .withKeepAlive(Duration.ofMillis(50))
                        .withLimits(Limits.standard().withIdleTime(Duration.ofSeconds(2)));
        try (var server = ImapsServer.start(settings, TLS, store, store.authenticator());
                var client = new TestClient(server.port()).loggedIn()) {
            client.send(command + "\r\n");
            assertEquals(answer, client.line());
            assertEquals("* OK Still here", client.line());
            String line = client.line();
            assertEquals("* OK Still here", line);
            while (line.equals("* OK Still here")) line = client.line();
            assertEquals("* BYE you were silent for too long", line);
        }
    }
}
