package dev.sobre.mail.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    @Test
    void aNewAccountHasTheUsualMailboxes() {
        try (var store = MemoryStore.with("Ann@example.org", "secret")) {
            var names = store.list(store.account("ann@example.org").id());
            assertEquals(
                    List.of("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"),
                    names.stream().map(Mailbox::name).toList());
            assertTrue(names.stream().allMatch(m -> m.exists() && m.subscribed()));
        }
    }

    @Test
    void anAppendedMessageIsThere() {
        try (var store = MemoryStore.with("ann@example.org", "secret")) {
            var ann = store.account("ann@example.org");
            var inbox = store.find(ann.id(), "inbox").orElseThrow().id();
            byte[] body = "Subject: hi\r\n\r\nhello\r\n".getBytes(US_ASCII);
            store.append(
                    inbox,
                    List.of(
                            new Delivery(
                                    DeliveryId.random(),
                                    BlobSource.Bytes.of(body),
                                    Flags.SEEN,
                                    Instant.EPOCH)));
            try (var messages = store.messages(inbox, UidSet.ALL)) {
                var message = messages.next().orElseThrow();
                assertEquals(1, message.uid());
                assertEquals(body.length, message.size());
                assertEquals(1, message.structure().lines());
                assertTrue(messages.next().isEmpty());
            }
            assertEquals(0, store.state(inbox).unseen());
        }
    }

    @Test
    void onlyTheRightPasswordIsGranted() {
        var store = MemoryStore.with("ann@example.org", "secret").andAdministrator("root@x.y", "r");
        assertInstanceOf(Verdict.Granted.class, verify(store, "ANN@example.org", "secret"));
        assertEquals(
                new Verdict.Granted(store.account("root@x.y")), verify(store, "root@x.y", "r"));
        assertEquals(new Verdict.Denied(), verify(store, "ann@example.org", "Secret"));
        assertEquals(new Verdict.Denied(), verify(store, "nobody@example.org", "secret"));
        assertEquals(
                new Verdict.Denied(),
                verify(
                        store,
                        "ann@example.org",
                        store.accounts()
                                .passwordHash(store.account("ann@example.org").id())
                                .orElseThrow()));
    }

    private static Verdict verify(MemoryStore store, String user, String password) {
        return store.authenticator()
                .verify(new Credentials.Password(user, password), InetAddress.getLoopbackAddress());
    }
}
