package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.ThreadId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second look at an account's messages takes what came since, and costs no more than that. */
class ThreadsInUseTest {

    @TempDir Path dir;
    private MailboxId inbox;
    private MailboxId sent;

    @BeforeEach
    void mailboxes() {
        try (var store = RocksMailStore.open(dir)) {
            inbox = Mails.account(store, "ann@example.org");
            sent = store.find(inbox.account(), "Sent").orElseThrow().id();
        }
    }

    private ThreadId deliver(MailboxId mailbox, int seed) {
        try (var store = RocksMailStore.open(dir)) {
            store.append(mailbox, List.of(Mails.delivery(Mails.body(seed, 100))));
            return Mails.all(store, mailbox).getLast().threadId();
        }
    }

    private void look(ThreadsInUse use) {
        try (var home = Home.enter(dir);
                var engine = Engine.open(home, StoreSettings.small())) {
            engine.read(reads -> use.look(reads, () -> {}));
        }
    }

    @Test
    void onlyMailboxesThatGrewAreLookedAtAgain() throws Exception {
        var use = new ThreadsInUse(inbox.account(), 1000);
        ThreadId first = deliver(inbox, 1);
        look(use);
        assertTrue(use.has(first));
        ThreadId second = deliver(sent, 2);
        assertFalse(use.has(second));
        byte[] stumble = Keys.of(Keys.MESSAGE, inbox, 1_000_000);
        CheckTest.injure(dir, db -> db.put(stumble, new byte[] {99})); // no record
        look(use);
        assertTrue(use.has(second));
        assertTrue(use.has(first));
    }
}
