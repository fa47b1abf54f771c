package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual threads, whose carriers may be event loops, never wait for the disk. */
class VirtualThreadsTest {

    private static final byte[] SMALL = Mails.body(1, 5000);
    private static final byte[] LARGE = Mails.body(2, 1_000_000);

    @TempDir(factory = OnDisk.class)
    Path dir;

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 128 << 10}) // octets that stay in memory: small mail has a file, or not
    void mailIsReadAndWrittenByOthers(int inline) throws Throwable {
        var settings = StoreSettings.small().withDisk(new StoreSettings.Disk(1 << 26, inline, 10));
        try (var waits = DiskWaits.in(dir)) {
            try (var store = RocksMailStore.open(dir, settings)) {
                var inbox = onVirtualThread(() -> deliver(store));
                onVirtualThread(() -> readAll(store, inbox)); // in memory
                forget();
                onVirtualThread(() -> readAll(store, inbox));
                onVirtualThread(() -> refuse(store));
            }
            try (var store = RocksMailStore.open(dir)) {
                forget();
                var inbox = onVirtualThread(() -> Mails.inbox(store, "ann@example.org"));
                onVirtualThread(() -> readAll(store, inbox));
                onVirtualThread(() -> expunge(store, inbox));
            }
            assertEquals(List.of(), waits.ofThreads(true));
        }
    }

    /** Otherwise the other tests here would show nothing. */
    @Test
    void itIsSeenWhoWaits() throws Throwable {
        Files.write(dir.resolve("file"), SMALL);
        try (var waits = DiskWaits.in(dir)) {
            onVirtualThread(() -> Files.readAllBytes(dir.resolve("file")));
            assertEquals(1, waits.ofThreads(true).stream().distinct().count());
        }
    }

    @Test
    void whatIsNotInMemoryIsReadByAnotherThread() throws Throwable {
        try (var store = RocksMailStore.open(dir)) {
            var inbox = onVirtualThread(() -> deliver(store));
            var messages = Mails.all(store, inbox);
            forget();
            try (var waits = DiskWaits.in(dir)) {
                onVirtualThread(() -> Mails.read(store, messages.getFirst()));
                assertTrue(waits.ofThreads(false).stream().anyMatch(w -> w.endsWith(".seg")));
            }
            try (var waits = DiskWaits.in(dir)) {
                onVirtualThread(() -> Mails.read(store, messages.getFirst()));
                assertEquals(List.of(), waits.ofThreads(false)); // it is in memory now
            }
        }
    }

    private static MailboxId deliver(RocksMailStore store) throws Exception {
        var inbox = Mails.account(store, "ann@example.org");
        for (byte[] mail : List.of(SMALL, LARGE)) {
            try (var sink = store.sink(mail.length)) {
                write(mail, sink);
                store.append(inbox, List.of(Mails.delivery(sink.finish())));
            }
        }
        return inbox;
    }

    private static void write(byte[] mail, BlobSink sink) throws Exception {
        for (int at = 0; at < mail.length; at += 1400) {
            sink.write(ByteBuffer.wrap(mail, at, Math.min(1400, mail.length - at)));
        }
    }

    private static int readAll(RocksMailStore store, MailboxId inbox) throws Exception {
        var messages = Mails.all(store, inbox);
        assertEquals(2, messages.size());
        assertArrayEquals(SMALL, Mails.read(store, messages.getFirst()));
        assertArrayEquals(LARGE, Mails.read(store, messages.getLast()));
        return messages.size();
    }

    /** One is refused, one is given up, and one is looked at again before it is stored. */
    private static long refuse(RocksMailStore store) throws Exception {
        var gone = Mails.account(store, "bob@example.org");
        store.accounts().remove(gone.account());
        try (var sink = store.sink(LARGE.length);
                var other = store.sink(LARGE.length)) {
            write(LARGE, sink);
            write(LARGE, other);
            var body = sink.finish();
            try (var reader = body.open()) {
                assertEquals(10, reader.read(500_000, ByteBuffer.allocate(10)));
            }
            var delivery = Mails.delivery(body);
            assertThrows(StoreException.class, () -> store.append(gone, List.of(delivery)));
            return other.length();
        }
    }

    private static long expunge(RocksMailStore store, MailboxId inbox) {
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        store.store(inbox, UidSet.ALL, deleted, Long.MAX_VALUE);
        return store.expunge(inbox, UidSet.ALL).uids().count();
    }

    private void forget() throws Throwable {
        for (Path segment : Copies.segments(dir)) PageCache.drop(segment);
    }

    private static <T> T onVirtualThread(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        }
    }
}
