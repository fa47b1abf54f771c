package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The packed index of a large mailbox is used, and says what the rows say, whatever happens. */
class SavedIndexTest {

    private static final int MESSAGES = 6000; // some 23 parts

    @TempDir Path dir;
    private MailboxId inbox = new MailboxId(new AccountId(0), 0);

    @BeforeEach
    void fill() {
        open(
                store -> {
                    inbox = Mails.account(store, "ann@example.org");
                    store.append(inbox, List.of(Mails.delivery(Mails.body(1, 100))));
                    grow(store, inbox, MESSAGES);
                    store.packIndex(inbox);
                });
    }

    /** Copies what is there until there is so much. */
    static void grow(RocksMailStore store, MailboxId mailbox, int messages) {
        for (int size = 1; size < messages; size = store.state(mailbox).messages()) {
            var some = UidSet.ofRanges(List.of(new UidSet.Range(1, Math.min(size, 2000))));
            store.copy(mailbox, some, mailbox, false);
        }
    }

    private void open(Consumer<RocksMailStore> work) {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            work.accept(store);
            store.compact(_ -> {}); // comes after what is being packed
        }
    }

    /** What an opening reads, with packed parts or without. */
    private SavedIndex.Loaded read() {
        Home home = Home.look(dir.resolve("store"));
        try (var engine = Engine.open(home, StoreSettings.small())) {
            return engine.read(
                    reads -> {
                        var state = Mailboxes.readState(reads, inbox).counters();
                        var loaded = SavedIndex.read(reads, inbox, state);
                        List<Row> rows = new ArrayList<>();
                        reads.scan(
                                Keys.of(Keys.ROW, inbox),
                                (key, value) -> rows.add(IndexRow.decode(Keys.last(key), value)));
                        assertSame(MailboxIndex.of(state, rows), loaded.index());
                        return loaded;
                    });
        } finally {
            home.close();
        }
    }

    private static void assertSame(MailboxIndex expected, MailboxIndex index) {
        assertEquals(expected.size(), index.size());
        assertEquals(expected.state(), index.state());
        assertEquals(List.copyOf(expected.keywords()), List.copyOf(index.keywords()));
        for (int at = 0; at < expected.size(); at++) {
            assertEquals(expected.uid(at), index.uid(at));
            assertEquals(expected.flags(at), index.flags(at));
            assertEquals(expected.modSeq(at), index.modSeq(at));
            assertEquals(expected.octets(at), index.octets(at));
            assertEquals(expected.internalDate(at), index.internalDate(at));
            assertEquals(expected.savedDate(at), index.savedDate(at));
        }
    }

    private static UidSet uids(long first, long last) {
        return UidSet.ofRanges(List.of(new UidSet.Range(first, last)));
    }

    private static void flag(RocksMailStore store, MailboxId mailbox, UidSet uids, Flags flags) {
        var change = new FlagChange(FlagChange.Kind.ADD, flags);
        store.store(mailbox, uids, change, Long.MAX_VALUE);
    }

    @Test
    void whatChangedIsReadFromRowsUntilItIsPackedAgain() throws Exception {
        assertEquals(0, read().lacking(), "all that can be is packed");
        open(store -> flag(store, inbox, uids(300, 301), Flags.SEEN));
        assertEquals(1, read().lacking());
        open(
                store -> {
                    flag(store, inbox, uids(1000, 1600), Flags.of(0, List.of("$Label", "Übung")));
                    flag(store, inbox, uids(256, 767), Flags.DELETED);
                    store.expunge(inbox, UidSet.ALL); // of two parts nothing is left
                });
        assertEquals(4, read().lacking(), "1000 to 1600 are in parts 3 to 6");
        open(store -> flag(store, inbox, uids(2000, 5500), Flags.of(Flag.ANSWERED)));
        assertEquals(0, read().lacking(), "who changes much has it packed");
        byte[] all = Keys.of(Keys.INDEX, inbox);
        CheckTest.injure(dir.resolve("store"), db -> db.deleteRange(all, Keys.after(all)));
        assertTrue(read().lacking() > 16);
        open(store -> store.index(inbox));
        assertEquals(0, read().lacking(), "who read much row by row has it packed");
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
    }

    @Test
    void aPartThatIsDamagedOrStaleIsFoundAndNotUsed() throws Exception {
        byte[] key = SavedIndex.key(inbox, 3);
        byte[] other = SavedIndex.key(inbox, 4);
        byte[][] good = new byte[1][];
        CheckTest.injure(dir.resolve("store"), db -> good[0] = db.get(key));
        byte[] flipped = good[0].clone();
        flipped[40] ^= 4;
        CheckTest.injure(dir.resolve("store"), db -> db.put(key, flipped));
        assertEquals(1, read().lacking());
        assertFound();
        CheckTest.injure(dir.resolve("store"), db -> db.put(other, good[0]));
        assertEquals(2, read().lacking(), "a part in another's place");
        open(store -> flag(store, inbox, uids(800, 900), Flags.SEEN));
        CheckTest.injure(dir.resolve("store"), db -> db.put(key, good[0]));
        assertTrue(read().lacking() > 16, "one that is stale is not what the counters say");
        assertFound();
        long validity = read().index().state().uidValidity();
        StoreRepair.repair(dir.resolve("store"), _ -> {});
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
        assertEquals(validity, uidValidity(), "nothing was lost, so nothing is to be loaded anew");
    }

    private void assertFound() {
        var found = CheckTest.check(dir.resolve("store"));
        assertTrue(found.stream().anyMatch(f -> f.kind() == Kind.INDEX), found::toString);
        assertTrue(found.stream().allMatch(f -> f.kind() == Kind.INDEX), found::toString);
    }

    private long uidValidity() {
        long[] now = {0};
        open(store -> now[0] = store.state(inbox).uidValidity());
        return now[0];
    }

    @Test
    void aDeletedMailboxLeavesNoPart() {
        open(
                store -> {
                    var work = new MailboxChange.Create("Work", Optional.empty());
                    var id = store.alter(inbox.account(), work).id();
                    store.copy(inbox, UidSet.ALL, id, true);
                    store.index(id);
                });
        open(store -> store.alter(inbox.account(), new MailboxChange.Delete("Work")));
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
        assertEquals(0, read().index().size());
    }

    @Test
    void whatIsPackedBetweenTwoChangesOfOneGroupGoesAgain() throws Exception {
        Home home = Home.enter(dir.resolve("store"));
        try (var engine = Engine.open(home, StoreSettings.small());
                var segments = new Segments(home)) {
            var last = Replay.into(engine, segments);
            var mailboxes = new Mailboxes(engine, 1_000_000);
            mailboxes.view(inbox);
            var health = new Health(home, engine::catchUp);
            var writer = new SegmentWriter(segments, StoreSettings.small(), last);
            var chores = new Chores(segments, Worth.of(StoreSettings.small()));
            try (var queue =
                    new CommitQueue(engine, writer, mailboxes, health, _ -> {}, chores, 100)) {
                queue.run(
                        group -> {
                            var seen = new FlagChange(FlagChange.Kind.ADD, Flags.SEEN);
                            new StoreFlags(inbox, uids(600, 600), seen, Long.MAX_VALUE)
                                    .stage(group);
                            new SaveIndex(inbox, List.of(2L)).stage(group);
                            return new StoreFlags(inbox, uids(601, 601), seen, Long.MAX_VALUE)
                                    .stage(group);
                        });
            }
        } finally {
            home.close();
        }
        assertEquals(1, read().lacking());
    }

    /** Flags, expunges, copies and packing at once, as they come. */
    @Test
    void whateverHappensNoPartIsStale() {
        var random = new Random(7);
        open(
                store -> {
                    for (int i = 0; i < 300; i++) {
                        long first = 1L + random.nextInt(MESSAGES);
                        var some = uids(first, first + random.nextInt(1 << random.nextInt(10)));
                        switch (random.nextInt(4)) {
                            case 0 -> flag(store, inbox, some, Flags.SEEN);
                            case 1 -> flag(store, inbox, some, Flags.of(0, List.of("k" + i % 5)));
                            case 2 -> {
                                flag(store, inbox, some, Flags.DELETED);
                                store.packIndex(inbox);
                                store.expunge(inbox, some);
                            }
                            default -> store.copy(inbox, some, inbox, false);
                        }
                        if (i % 10 == 0) store.packIndex(inbox);
                    }
                });
        assertTrue(read().lacking() < 16);
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
    }

    /** Promised are 150 ms on a machine that has nothing else to do. */
    @Test
    @Tag("nightly")
    void aMillionMessagesAreSelectedQuickly() throws Exception {
        CheckTest.injure(dir.resolve("store"), db -> rows(db, 1_000_000));
        long byRow = select();
        assertEquals(0, read().lacking());
        long packed = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) packed = Math.min(packed, select());
        System.out.printf("a million rows: %d ms, packed: %d ms%n", byRow, packed);
        assertTrue(packed < byRow / 2, packed + " ms, and " + byRow + " row by row");
    }

    /** How many milliseconds the index takes after an opening. */
    private long select() {
        long[] nanos = {0};
        open(
                store -> {
                    long start = System.nanoTime();
                    assertEquals(1_000_000, store.index(inbox).size());
                    nanos[0] = System.nanoTime() - start;
                });
        return nanos[0] / 1_000_000;
    }

    /** Gives the inbox so many rows, of messages that nobody reads. */
    private void rows(RocksDB db, int count) throws RocksDBException {
        var date = Instant.ofEpochSecond(1_700_000_000);
        try (var options = new WriteOptions().setDisableWAL(true)) {
            for (int uid = 1; uid <= count; ) {
                var some = new Batch();
                for (int end = Math.min(uid + 10_000, count + 1); uid < end; uid++) {
                    var sent = date.plusMillis(50_021L * uid);
                    var row = new Row(uid, Flags.SEEN, uid + 9, 3000 + uid % 9000, sent, sent);
                    some.put(Keys.of(Keys.ROW, inbox, uid), IndexRow.encode(row));
                }
                if (uid > count) some.put(Keys.of(Keys.STATE, inbox), state(count).encode());
                try (var batch = new WriteBatch(some.done())) {
                    db.write(options, batch);
                }
            }
        }
    }

    private static StoredState state(int count) {
        long octets = 0;
        for (int uid = 1; uid <= count; uid++) octets += 3000 + uid % 9000;
        var counters = new MailboxState(1, count + 1L, count + 9L, count, 0, octets);
        return StoredState.fresh(1).with(counters);
    }
}
