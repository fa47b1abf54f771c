package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros that a segment has ahead while it grows, and that nobody takes for anything else. */
class ZerosTest {

    @TempDir(factory = OnDisk.class)
    Path dir;

    private Path store() {
        return dir.resolve("store");
    }

    @BeforeEach
    void require() {
        assumeTrue(dir.toFile().getUsableSpace() > 1L << 30, "the disk is nearly full");
    }

    @Test
    void theyAreThereBeforeTheyAreWrittenOverAndGoneInTheEnd() throws Exception {
        Path file = dir.resolve("file");
        byte[] octets = Mails.body(1, 10_000);
        try (var channel = create(file)) {
            var zeros = new Zeros(file, channel, Long.MAX_VALUE);
            zeros.reach(0, octets.length);
            channel.write(ByteBuffer.wrap(octets), 0);
            byte[] all = Files.readAllBytes(file);
            assertEquals(octets.length + Zeros.STEP, all.length);
            assertArrayEquals(octets, Arrays.copyOf(all, octets.length));
            assertTrue(isBlank(all, octets.length));
            zeros.reach(octets.length, octets.length + 10_000);
            assertEquals(all.length, Files.size(file), "there are enough");
            zeros.reach(all.length - 1, all.length + 1);
            assertEquals(all.length + 1 + Zeros.STEP, Files.size(file), "and more");
            zeros.cut(octets.length);
        }
        assertArrayEquals(octets, Files.readAllBytes(file));
    }

    @Test
    void whoWritesMuchAtOnceHasNone() throws Exception {
        Path file = dir.resolve("file");
        try (var channel = create(file)) {
            new Zeros(file, channel, Long.MAX_VALUE).reach(0, Zeros.STEP);
        }
        assertEquals(0, Files.size(file));
    }

    @Test
    void theyEndWhereTheFileWillEnd() throws Exception {
        Path file = dir.resolve("file");
        try (var channel = create(file)) {
            var zeros = new Zeros(file, channel, 50_000);
            zeros.reach(0, 1);
            assertEquals(50_000, Files.size(file));
            zeros.reach(49_999, 60_000);
            assertEquals(50_000, Files.size(file));
        }
    }

    @Test
    void aCheckOfAStoreThatRunsOrWasKilledFindsNothingInThem() throws IOException {
        var killed = dir.resolve("killed");
        try (var store = RocksMailStore.open(store())) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            deliver(store, 1, inbox);
            assertTrue(endsBlank(Copies.segments(store()).getLast()), "there are some");
            assertEquals(List.of(), check(store));
            Copies.copy(store(), killed);
        }
        assertFalse(endsBlank(Copies.segments(store()).getLast()), "a clean end leaves none");
        assertEquals(List.of(), CheckTest.check(killed));
        try (var store = RocksMailStore.open(killed)) {
            MailboxId inbox = Mails.inbox(store, "ann@example.org");
            deliver(store, 2, inbox);
            assertEquals(2, store.state(inbox).messages());
            assertEquals(List.of(), check(store));
        }
    }

    @Test
    void aCheckDoesNotTakeWhatIsBeingWrittenForTorn() throws Exception {
        try (var store = RocksMailStore.open(store())) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            var over = new AtomicBoolean();
            var busy =
                    Thread.startVirtualThread(
                            () -> {
                                for (int i = 0; !over.get(); i++) deliver(store, i, inbox);
                            });
            try {
                for (int i = 0; i < 50; i++) assertEquals(List.of(), check(store));
            } finally {
                over.set(true);
                busy.join();
            }
        }
    }

    /** Or the next backup could take its segment for one that it has already. */
    @Test
    void aBackupHasNone() throws IOException {
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 1, Mails.account(store, "ann@example.org"));
            Path backup = dir.resolve("backup");
            store.backup(backup, _ -> {});
            Path segment = Copies.segments(backup).getLast();
            assertFalse(endsBlank(segment));
            assertTrue(Files.size(segment) < Files.size(Copies.segments(store()).getLast()));
        }
    }

    /** A killed process left them in a segment that grows no more; another has its own. */
    @Test
    void aBackupIsWholeWhereAKilledProcessLeftSome() throws IOException {
        var killed = dir.resolve("killed");
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 1, Mails.account(store, "ann@example.org"));
            Copies.copy(store(), killed);
        }
        Path backup = dir.resolve("backup");
        try (var store = RocksMailStore.open(killed)) {
            store.backup(backup, _ -> {});
            assertTrue(endsBlank(Copies.segments(backup).getLast()), "before a segment is begun");
            deliver(store, 2, Mails.inbox(store, "ann@example.org"));
            assertEquals(2, Copies.segments(killed).size());
            store.backup(backup, _ -> {});
            assertWhole(backup, Contents.of(store));
            deliver(store, 3, Mails.inbox(store, "ann@example.org"));
            store.backup(backup, _ -> {});
            assertWhole(backup, Contents.of(store));
        }
    }

    private void assertWhole(Path backup, Contents expected) throws IOException {
        Path restored = dir.resolve("restored");
        assertEquals(List.of(), BackupCheckTest.check(backup));
        StoreRestore.restore(backup, restored, _ -> {}, _ -> {});
        assertEquals(List.of(), CheckTest.check(restored));
        try (var store = RocksMailStore.open(restored)) {
            assertEquals(expected, Contents.of(store));
        }
        Home.remove(restored);
    }

    private static List<Finding> check(RocksMailStore store) {
        List<Finding> found = new ArrayList<>();
        store.check(found::add);
        return found;
    }

    private static void deliver(RocksMailStore store, long seed, MailboxId inbox) {
        store.accept(Mails.submission(DeliveryId.random(), Mails.body(seed, 5000), inbox));
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static boolean endsBlank(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return isBlank(all, all.length - 1000);
    }

    private static boolean isBlank(byte[] octets, int from) {
        return Arrays.equals(
                octets,
                from,
                octets.length,
                new byte[octets.length - from],
                0,
                octets.length - from);
    }
}
