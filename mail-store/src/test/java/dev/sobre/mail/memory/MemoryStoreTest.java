package dev.sobre.mail.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** The README's snippet. */
    @Test
    void theSnippetWorks() throws IOException {
        try (var store = MemoryStore.with("ann@example.org", "secret")) {
            var ann = store.account("ann@example.org");
            var inbox = store.find(ann.id(), "INBOX").orElseThrow().id();
            try (var sink = store.sink(50_000_000)) {
                sink.write(UTF_8.encode("Subject: hello\r\n\r\nHello, Ann.\r\n"));
                var mail =
                        new Delivery(DeliveryId.random(), sink.finish(), Flags.NONE, Instant.now());
                store.append(inbox, List.of(mail));
            }
            try (var messages = store.messages(inbox, UidSet.ALL)) {
                var message = messages.next().orElseThrow();
                assertEquals(
                        Optional.of("hello"),
                        message.structure().envelope().orElseThrow().subject());
            }
        }
    }

    /** A body stays as long as something refers to it, and no longer. */
    @Test
    void memoryIsGivenBack() {
        var store = MemoryStore.with("ann@example.org", "secret");
        var ann = store.account("ann@example.org");
        var inbox = store.find(ann.id(), "INBOX").orElseThrow().id();
        var sent = store.find(ann.id(), "Sent").orElseThrow().id();
        var due = new Spool.Entry("bob@example.com", "example.com", Instant.EPOCH, 0, "");
        var id = DeliveryId.random();
        var body = BlobSource.Bytes.of(new byte[1000]);
        var mail = new Submission(id, "", body, Instant.EPOCH, List.of(inbox), List.of(due));
        store.accept(mail);
        store.accept(mail);
        assertEquals(1, store.bodies());
        store.copy(inbox, UidSet.ALL, sent, true);
        store.alter(ann.id(), new MailboxChange.Delete("Sent"));
        assertEquals(1, store.bodies());
        var claims = store.spool().claim(Instant.EPOCH, Duration.ofMinutes(1), 1);
        store.spool().complete(claims.getFirst());
        assertEquals(0, store.bodies());
        var other = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.EPOCH);
        store.append(inbox, List.of(other));
        store.append(inbox, List.of(other));
        assertEquals(1, store.bodies());
        store.accounts().remove(ann.id());
        assertEquals(0, store.bodies());
    }

    @Test
    void onlyTheRightPasswordIsGranted() {
        var store = MemoryStore.with("ann@example.org", "secret").andAdministrator("root@x.y", "r");
        assertInstanceOf(Verdict.Granted.class, verify(store, "ANN@example.org", "secret"));
        assertEquals(
                new Verdict.Granted(store.account("root@x.y")), verify(store, "root@x.y", "r"));
        assertEquals(new Verdict.Denied(), verify(store, "ann@example.org", "Secret"));
        assertEquals(new Verdict.Denied(), verify(store, "nobody@example.org", "secret"));
    }

    @Test
    void passwordsOfAccountsMadeByHandAreCheckedTooWhereTheyCanBe() {
        var store = MemoryStore.empty();
        String hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA";
        store.accounts().create(List.of("plain@x.y"), "secret", false);
        store.accounts().create(List.of("marked@x.y"), "{PLAIN}secret", false);
        store.accounts().create(List.of("hashed@x.y"), hash, false);
        assertInstanceOf(Verdict.Granted.class, verify(store, "plain@x.y", "secret"));
        assertInstanceOf(Verdict.Granted.class, verify(store, "marked@x.y", "secret"));
        assertEquals(new Verdict.Denied(), verify(store, "marked@x.y", "{PLAIN}secret"));
        // A hash that can't be checked is never taken for a password.
        assertInstanceOf(Verdict.Unavailable.class, verify(store, "hashed@x.y", hash));
    }

    private static Verdict verify(MemoryStore store, String user, String password) {
        return store.authenticator()
                .verify(new Credentials.Password(user, password), InetAddress.getLoopbackAddress());
    }
}
