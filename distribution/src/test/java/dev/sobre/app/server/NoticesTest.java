package dev.sobre.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.Refusal;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Usage;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.smtp.relay.StoreReturns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoticesTest {

    private static final Refusal TOO_MUCH =
            new Refusal(Instant.parse("2026-11-26T12:00:00Z"), "sent to its limit");

    @Test
    void thePostmasterIsToldWhoAndWhatToDo() throws InterruptedException {
        var said = new ArrayBlockingQueue<String>(2);
        var notices =
                new Notices(
                        "mail.example.org",
                        "example.org",
                        (id, to, mail) ->
                                said.add(to + "\n" + new String(mail, StandardCharsets.UTF_8)));
        notices.ofTooMuch("bücher@example.org", TOO_MUCH);
        String mail = said.poll(20, TimeUnit.SECONDS);
        assertTrue(mail.startsWith("postmaster@example.org\nReturn-Path: <>\r\nFrom: "), mail);
        assertTrue(mail.contains("\r\nDate: Thu, 26 Nov 2026 12:00:00 +0000\r\n"), mail);
        assertTrue(mail.contains("\r\n\r\nThis is the mail server mail.example.org.\r\n"), mail);
        assertTrue(mail.contains("\r\nbücher@example.org has sent to its limit.\r\n"), mail);
        assertTrue(mail.contains("\r\n  sobre account passwd bücher@example.org\r\n"), mail);
        assertFalse(mail.replace("\r\n", "").contains("\r"), mail);
    }

    @Test
    void itIsInAnInbox() throws Exception {
        try (var store = MemoryStore.withAdministrator("root@example.org", "secret")) {
            var recipients = new Recipients(store.accounts(), Set.of("example.org"), "+");
            var arrived = new ArrayBlockingQueue<Integer>(1);
            var returns = new StoreReturns(store, recipients);
            var notices =
                    new Notices(
                            "mail.example.org",
                            "example.org",
                            (id, to, mail) -> {
                                returns.bring(id, to, mail);
                                arrived.add(mail.length);
                            });
            notices.ofTooMuch("ann@example.org", TOO_MUCH);
            int octets = arrived.poll(20, TimeUnit.SECONDS);
            var root = store.account("root@example.org").id();
            assertEquals(new Usage(octets, 1), store.accounts().usage(root));
        }
    }
}
