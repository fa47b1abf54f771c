package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.TooLarge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies and indexes as readers see them. */
class ReadingTest {

    private static final MailboxId INBOX = new MailboxId(new AccountId(1), 1);

    @TempDir Path dir;

    @Test
    void anyPartOfABodyCanBeRead() throws Exception {
        byte[] body = Mails.body(1, 100_000); // four blocks, the last one not full
        try (var store = RocksMailStore.open(dir);
                var reader = store.open(Mails.stored(store, body))) {
            var random = new Random(1);
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(body.length);
                var into =
                        i % 2 == 0
                                ? ByteBuffer.allocate(random.nextInt(80_000))
                                : ByteBuffer.allocateDirect(random.nextInt(80_000));
                int most = Math.min(into.remaining(), body.length - from);
                assertEquals(most, reader.read(from, into));
                byte[] got = new byte[most];
                into.flip().get(got);
                assertArrayEquals(Arrays.copyOfRange(body, from, from + most), got);
            }
            assertEquals(-1, reader.read(body.length, ByteBuffer.allocate(1)));
        }
    }

    @Test
    void anInterruptedReaderDoesNotDisturbTheOthers() throws Exception {
        byte[] body = Mails.body(1, 100_000);
        try (var store = RocksMailStore.open(dir)) {
            var ref = Mails.stored(store, body);
            try (var one = store.open(ref);
                    var other = store.open(ref)) {
                Thread.currentThread().interrupt();
                var into = ByteBuffer.allocate(10);
                assertThrows(ClosedByInterruptException.class, () -> one.read(0, into));
                assertTrue(Thread.interrupted());
                assertEquals(10, other.read(50_000, into));
                assertEquals(10, one.read(50_000, ByteBuffer.allocate(10)));
            }
        }
    }

    /** Just opened, nothing is in memory; the second time all of it is. */
    @Test
    void virtualThreadsReadWhatIsOnTheDiskAndWhatIsInMemory() throws Exception {
        MailboxId inbox;
        try (var store = RocksMailStore.open(dir)) {
            inbox = Mails.account(store, "ann@example.org");
            for (int i = 0; i < 100; i++) {
                byte[] body = Mails.body(i, 500);
                store.accept(Mails.submission(DeliveryId.random(), body, inbox));
            }
        }
        try (var store = RocksMailStore.open(dir);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int time = 0; time < 2; time++) {
                var seen =
                        threads.submit(
                                () -> {
                                    var ann = store.accounts().find("ann@example.org");
                                    assertEquals(inbox.account(), ann.orElseThrow().id());
                                    var nobody = store.accounts().find("bob@example.org");
                                    assertTrue(nobody.isEmpty());
                                    assertEquals(100, store.state(inbox).messages());
                                    return Mails.all(store, inbox).size();
                                });
                assertEquals(100, seen.get());
            }
        }
    }

    /** Where some of the values are in memory and others are not. */
    @Test
    void valuesThatAreNotAllInMemoryAreReadWhole() throws Exception {
        int many = 40_000;
        var tight = StoreSettings.small().withMemory(new StoreSettings.Memory(1 << 20, 1 << 20, 1));
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < many; i++) keys.add(Keys.of(Keys.MESSAGE, INBOX, i));
        var random = new Random(1);
        try (var home = Home.enter(Files.createDirectories(dir.resolve("store")));
                var engine = Engine.open(home, tight);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int part = 0; part < 4; part++) {
                var batch = new Batch();
                for (int i = part; i < many; i += 4) batch.put(keys.get(i), Mails.body(i, 200));
                engine.apply(batch.done());
                engine.flush();
            }
            for (int time = 0; time < 1000; time++) {
                int asked = time % 2 == 0 ? Engine.FEW : 32;
                int from = random.nextInt(many - asked);
                var got = threads.submit(() -> engine.get(keys.subList(from, from + asked))).get();
                assertEquals(asked, got.size());
                for (int i = 0; i < got.size(); i++) {
                    assertArrayEquals(Mails.body(from + i, 200), got.get(i).orElseThrow());
                }
            }
        }
    }

    @Test
    void aReaderOutlivesTheCacheOfOpenSegments() throws Exception {
        var settings = StoreSettings.small().withSegmentOctets(4096);
        try (var store = RocksMailStore.open(dir, settings)) {
            var inbox = Mails.account(store, "ann@example.org");
            for (int i = 0; i < 150; i++) {
                byte[] body = Mails.body(i, 5000);
                store.accept(Mails.submission(DeliveryId.random(), body, inbox));
            }
            assertTrue(Copies.segments(dir).size() >= 150);
            var messages = Mails.all(store, inbox);
            try (var first = store.open(messages.getFirst().body())) {
                for (int i = 0; i < 150; i++) {
                    assertArrayEquals(Mails.body(i, 5000), Mails.read(store, messages.get(i)));
                }
                assertEquals(100, first.read(0, ByteBuffer.allocate(100)));
            }
        }
    }

    @Test
    void indexesThatWereForgottenAreReadAgain() throws Exception {
        var settings = StoreSettings.small().withCachedRows(50);
        try (var store = RocksMailStore.open(dir, settings)) {
            List<MailboxId> inboxes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var inbox = Mails.account(store, "ann" + i + "@example.org");
                inboxes.add(inbox);
                List<Delivery> some = new ArrayList<>();
                for (int j = 0; j < 30; j++) some.add(Mails.delivery(Mails.body(j, 200)));
                store.append(inbox, some);
            }
            for (int round = 0; round < 3; round++) {
                for (var inbox : inboxes) {
                    var before = store.index(inbox);
                    store.append(inbox, List.of(Mails.delivery(Mails.body(1, 200))));
                    assertEquals(before.size() + 1, store.index(inbox).size());
                    assertEquals(store.state(inbox), store.index(inbox).state());
                }
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeLeavesNothing() throws Exception {
        try (var store = RocksMailStore.open(dir);
                var sink = store.sink(300_000)) {
            sink.write(ByteBuffer.allocate(250_000));
            assertThrows(TooLarge.class, () -> sink.write(ByteBuffer.allocate(50_001)));
            assertThrows(TooLarge.class, () -> sink.write(ByteBuffer.allocate(1)));
            assertEquals(0, Copies.files(dir.resolve("incoming"), "*").size());
        }
    }

    @Test
    void aRefusedLargeBodyLeavesNothing() throws Exception {
        try (var store = RocksMailStore.open(dir)) {
            var inbox = Mails.account(store, "ann@example.org");
            var account = store.accounts().find("ann@example.org").orElseThrow();
            store.accounts().remove(account.id());
            try (var sink = store.sink(300_000)) {
                sink.write(ByteBuffer.wrap(Mails.body(1, 200_000)));
                var delivery = Mails.delivery(sink.finish());
                assertThrows(StoreException.class, () -> store.append(inbox, List.of(delivery)));
            }
            assertEquals(1, Copies.segments(dir).size()); // that of the account's commits
            assertEquals(0, Copies.files(dir.resolve("incoming"), "*").size());
        }
    }

    @Test
    void aFileFromElsewhereIsCopied() throws Exception {
        byte[] body = Mails.body(1, 200_000);
        Path file = Files.write(dir.resolve("mail"), body);
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var inbox = Mails.account(store, "ann@example.org");
            var source = new BlobSource.InFile(file, 0, body.length);
            store.append(inbox, List.of(Mails.delivery(source)));
            assertArrayEquals(body, Mails.read(store, Mails.all(store, inbox).getFirst()));
            assertArrayEquals(body, Files.readAllBytes(file));
        }
    }

    @Test
    void aClosedBodyIsNotRead() throws IOException {
        try (var store = RocksMailStore.open(dir)) {
            var reader = store.open(Mails.stored(store, Mails.body(1, 500)));
            reader.close();
            reader.close();
            assertThrows(IOException.class, () -> reader.read(0, ByteBuffer.allocate(10)));
        }
    }
}
