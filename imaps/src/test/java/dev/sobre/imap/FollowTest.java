package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An administrator follows a session, from the moment it is asked for. */
class FollowTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    @Test
    void aSessionIsFollowedWithoutItsSecrets() throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var server = ImapsServer.start(0, TLS, store);
                var client = new TestClient(server.port())) {
            try (var _ = server.follow("ann@example.org", line -> seen.add(line.toString()))) {
                client.loggedIn().append("Subject: x\r\n\r\nthe body\r\n");
                client.ask("1 SELECT INBOX");
                client.ask("2 FETCH 1 BODY[]");
            }
            client.ask("3 NOOP");
        }
        assertTrue(seen.contains("imaps-1 C: 1 SELECT INBOX"), seen::toString);
        assertTrue(seen.contains("imaps-1 S: * 1 FETCH (BODY[] {24}"), seen::toString);
        String all = String.join("\n", seen);
        assertFalse(all.contains("secret") || all.contains("the body"), all);
        assertFalse(all.contains("3 NOOP"), all);
        assertEquals(0, seen.stream().filter(line -> line.contains("LOGIN")).count(), all);
    }
}
