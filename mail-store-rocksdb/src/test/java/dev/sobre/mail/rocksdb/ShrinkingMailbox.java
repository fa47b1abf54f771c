package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox in small segments, of which mail goes: what it has left is known. */
abstract class ShrinkingMailbox {

    static final int OCTETS = 5000;
    static final StoreSettings SMALL = StoreSettings.small().withSegmentOctets(50_000);

    /** As {@link #SMALL}, but nothing happens unless it is asked for. */
    static final StoreSettings WHEN_ASKED =
            SMALL.withCompaction(new StoreSettings.Compaction(100, 1 << 30));

    @TempDir Path dir;
    final Steps steps = new Steps();
    final Map<Long, byte[]> expected = new TreeMap<>(); // by UID
    RocksMailStore store;
    MailboxId inbox;

    @BeforeEach
    void open() {
        open(WHEN_ASKED);
        inbox = Mails.account(store, "ann@example.org");
    }

    final void open(StoreSettings settings) {
        store = RocksMailStore.open(dir.resolve("store"), settings, steps);
    }

    @AfterEach
    void close() {
        store.close();
    }

    void deliver(int count) {
        List<Delivery> some = new ArrayList<>();
        long first = store.state(inbox).uidNext();
        for (long uid = first; uid < first + count; uid++) {
            expected.put(uid, Mails.body(uid, OCTETS));
            some.add(Mails.delivery(expected.get(uid)));
        }
        store.append(inbox, some);
    }

    void deliverLarge() {
        long uid = store.state(inbox).uidNext();
        expected.put(uid, Mails.body(uid, 300_000));
        try (var sink = store.sink(1 << 20)) {
            sink.write(ByteBuffer.wrap(expected.get(uid)));
            store.append(inbox, List.of(Mails.delivery(sink.finish())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void expunge(UidSet uids) {
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, uids, deleted, Long.MAX_VALUE);
        store.expunge(inbox, uids);
        expected.keySet().removeIf(uids::contains);
    }

    static UidSet allBut(int count, int each) {
        var uids = new UidSet.Builder();
        for (int uid = 1; uid <= count; uid++) if (uid % each != 0) uids.add(uid, uid);
        return uids.build();
    }

    CompactionProgress compact() {
        return store.compact(_ -> {});
    }

    void verify() throws IOException {
        verify(store, inbox);
    }

    void verify(RocksMailStore store, MailboxId mailbox) throws IOException {
        List<Message> all = Mails.all(store, mailbox);
        assertEquals(List.copyOf(expected.keySet()), all.stream().map(Message::uid).toList());
        for (var message : all) {
            assertArrayEquals(expected.get(message.uid()), Mails.read(store, message));
        }
    }

    long octets() throws IOException {
        long octets = 0;
        for (Path segment : Copies.segments(dir.resolve("store"))) octets += size(segment);
        return octets;
    }

    private static long size(Path segment) throws IOException {
        try {
            return Files.size(segment);
        } catch (NoSuchFileException gone) {
            return 0; // it was compacted after it was listed
        }
    }

    int files(String directory) throws IOException {
        return Copies.files(dir.resolve("store").resolve(directory), "*").size();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    static int copyOffered(Path store) throws IOException {
        return Copies.files(store.resolve("incoming"), "*").size();
    }

    void copy(Path to) {
        try {
            Copies.copy(dir.resolve("store"), to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
