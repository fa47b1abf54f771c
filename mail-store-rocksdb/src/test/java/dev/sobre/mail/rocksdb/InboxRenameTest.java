package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rename of INBOX moves many messages in more than one commit, and loses none when killed. */
class InboxRenameTest {

    private static final int MANY = 5000;

    @TempDir Path dir;

    private static MailboxId fill(RocksMailStore store) {
        var inbox = Mails.account(store, "ann@example.org");
        var some = new ArrayList<Delivery>();
        for (int i = 0; i < MANY; i++) some.add(Mails.delivery(Mails.body(i, 80)));
        store.append(inbox, some);
        return inbox;
    }

    private static void rename(RocksMailStore store, MailboxId inbox) {
        store.alter(inbox.account(), new MailboxChange.Rename("INBOX", "Old"));
    }

    @Test
    void othersCommitMeanwhile() throws Exception {
        try (var store = RocksMailStore.open(dir)) {
            var inbox = fill(store);
            var hints = new AtomicInteger();
            store.watch(
                    inbox.account(),
                    changed -> {
                        if (changed.equals(inbox)) hints.incrementAndGet();
                    });
            rename(store, inbox);
            Awaitility.await("more than one commit").until(() -> hints.get() > 1);
            var old = store.find(inbox.account(), "Old").orElseThrow().id();
            assertEquals(MANY, store.state(old).messages());
            assertEquals(0, store.state(inbox).messages());
        }
    }

    @Test
    void killedInTheMiddleEachMessageIsInOnePlace() throws Exception {
        Path killed = dir.resolve("killed");
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var inbox = fill(store);
            var copied = new CountDownLatch(1);
            store.watch(inbox.account(), _ -> copyOnce(copied, killed));
            rename(store, inbox);
            copied.await();
        }
        assertEquals(
                List.of(), CheckTest.check(killed).stream().filter(f -> !f.harmless()).toList());
        try (var store = RocksMailStore.open(killed)) {
            assertEquals(MANY, texts(store).size());
            assertEquals(MANY, Set.copyOf(texts(store)).size());
        }
    }

    private void copyOnce(CountDownLatch copied, Path to) {
        if (copied.getCount() == 0) return;
        try {
            Copies.copy(dir.resolve("store"), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copied.countDown();
    }

    private static List<Long> texts(RocksMailStore store) {
        var account = store.accounts().list().getFirst().id();
        return store.list(account).stream()
                .filter(Mailbox::exists)
                .flatMap(box -> Mails.all(store, box.id()).stream())
                .map(m -> seed(store, m))
                .toList();
    }

    private static long seed(RocksMailStore store, Message message) {
        try {
            return Mails.seed(Mails.read(store, message));
        } catch (IOException | StoreException e) {
            throw new AssertionError(e);
        }
    }
}
