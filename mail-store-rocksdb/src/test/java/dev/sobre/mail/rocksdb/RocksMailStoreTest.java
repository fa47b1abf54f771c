package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store does beyond the contract of all stores. */
class RocksMailStoreTest {

    @TempDir Path dir;

    @Test
    void whatIsAnsweredIsThereAfterOpeningAgain() throws Exception {
        byte[] small = Mails.body(1, 10_000);
        byte[] large = Mails.body(2, 1_000_000);
        var id = DeliveryId.random();
        MailboxIndex before;
        try (var store = RocksMailStore.open(dir)) {
            var inbox = Mails.account(store, "ann@example.org");
            store.accept(Mails.submission(id, small, inbox));
            try (var sink = store.sink(2_000_000)) {
                sink.write(ByteBuffer.wrap(large));
                var delivery = Mails.delivery(small);
                store.append(
                        inbox,
                        List.of(
                                new Delivery(
                                        delivery.id(),
                                        sink.finish(),
                                        Flags.of(8, List.of("$Forwarded", "Work")),
                                        delivery.internalDate())));
            }
            store.store(
                    inbox,
                    UidSet.of(1),
                    new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.FLAGGED)),
                    Long.MAX_VALUE);
            before = store.index(inbox);
        }
        try (var store = RocksMailStore.open(dir)) {
            var inbox = Mails.inbox(store, "ann@example.org");
            var after = store.index(inbox);
            assertEquals(before.state(), after.state());
            for (int i = 0; i < 2; i++) {
                assertEquals(before.flags(i), after.flags(i));
                assertEquals(before.modSeq(i), after.modSeq(i));
                assertEquals(before.internalDate(i), after.internalDate(i));
            }
            var messages = Mails.all(store, inbox);
            assertArrayEquals(small, Mails.read(store, messages.get(0)));
            assertArrayEquals(large, Mails.read(store, messages.get(1)));
            var again = store.accept(Mails.submission(id, small, inbox));
            assertEquals(1, again.local().getFirst().uid());
            assertEquals(2, store.state(inbox).messages());
        }
        try (var incoming = Files.list(dir.resolve("incoming"))) {
            assertEquals(0, incoming.count());
        }
    }

    @Test
    void aStoreIsOpenOnce() {
        try (var store = RocksMailStore.open(dir)) {
            assertTrue(store.accounts().list().isEmpty());
            var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(dir));
            assertEquals(StoreException.Reason.UNAVAILABLE, refusal.reason());
        }
        RocksMailStore.open(dir).close();
    }

    @Test
    void anUnknownFormatIsRefused() throws Exception {
        RocksMailStore.open(dir).close();
        Files.writeString(dir.resolve("FORMAT"), "sobre-mail-store 99\n");
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(dir));
        assertEquals(StoreException.Reason.REFUSED, refusal.reason());
        for (Executable use :
                List.<Executable>of(
                        () -> StoreCheck.of(dir, _ -> {}),
                        () -> StoreRepair.repair(dir, _ -> {}))) {
            refusal = assertThrows(StoreException.class, use);
            assertEquals(StoreException.Reason.REFUSED, refusal.reason(), "neither is it mended");
        }
    }

    @Test
    void aClosedStoreRefuses() {
        var store = RocksMailStore.open(dir);
        var inbox = Mails.account(store, "ann@example.org");
        store.close();
        store.close();
        var mail = Mails.submission(DeliveryId.random(), Mails.body(1, 100), inbox);
        assertThrows(StoreException.class, () -> store.accept(mail));
        assertThrows(StoreException.class, () -> store.state(inbox));
    }

    @Test
    void manyVirtualThreadsShareCommits() throws Exception {
        try (var store = RocksMailStore.open(dir)) {
            var inbox = Mails.account(store, "ann@example.org");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 500; i++) {
                    byte[] body = Mails.body(i, 2000);
                    threads.submit(
                            () -> store.accept(Mails.submission(DeliveryId.random(), body, inbox)));
                    if (i % 50 == 0) threads.submit(() -> store.index(inbox));
                }
            }
            var index = store.index(inbox);
            assertEquals(500, index.size());
            assertEquals(501, index.state().uidNext());
            assertEquals(501, index.state().highestModSeq());
            assertFalse(Mails.all(store, inbox).isEmpty());
        }
    }
}
