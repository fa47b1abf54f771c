package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MessageIds;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY, MOVE, STORE and EXPUNGE of more messages than one commit takes. */
class ManyMessagesTest {

    private static final int MANY = 2 * LargeCopy.SOME + 100;

    @TempDir Path dir;
    private RocksMailStore store;
    private MailboxId inbox;
    private MailboxId archive;

    @BeforeEach
    void open() {
        // Compaction would take commits away that are counted here.
        var still = StoreSettings.small().withCompaction(new StoreSettings.Compaction(100, 1));
        store = RocksMailStore.open(dir.resolve("store"), still);
        inbox = Mails.account(store, "ann@example.org");
        archive = store.find(inbox.account(), "Archive").orElseThrow().id();
        append(archive, 1, Flags.NONE);
    }

    @AfterEach
    void close() {
        store.close();
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
    }

    private void append(MailboxId mailbox, int count, Flags flags) {
        List<Delivery> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var body = BlobSource.Bytes.of(("Subject: " + i + "\r\n\r\n").getBytes(US_ASCII));
            some.add(new Delivery(DeliveryId.random(), body, flags, Instant.EPOCH));
        }
        store.append(mailbox, some);
    }

    private static List<MessageIds> ids(RocksMailStore store, MailboxId mailbox) {
        List<MessageIds> all = new ArrayList<>();
        try (var ids = store.ids(mailbox, UidSet.ALL)) {
            for (var next = ids.next(); next.isPresent(); next = ids.next()) all.add(next.get());
        }
        return all;
    }

    @Test
    void eachMessageIsCopiedAndMovedOnce() {
        append(inbox, MANY, Flags.SEEN);
        var before = ids(store, inbox);
        var done = store.copy(inbox, UidSet.range(2, MANY), archive, false);
        assertEquals(LongStream.rangeClosed(2, MANY).boxed().toList(), done.from());
        assertEquals(LongStream.rangeClosed(2, MANY).boxed().toList(), done.to());
        assertEquals(store.state(archive).uidValidity(), done.uidValidity());
        assertEquals(store.state(archive).highestModSeq(), done.modSeq());
        assertEquals(before, ids(store, inbox));
        assertEquals(before.subList(1, MANY), ids(store, archive).subList(1, MANY));
        var moved = store.copy(inbox, UidSet.ALL, archive, true);
        assertEquals(MANY, moved.to().size());
        assertEquals(0, store.state(inbox).messages());
        assertEquals(store.state(inbox).highestModSeq(), moved.vanishedModSeq());
        assertEquals(2 * MANY, store.state(archive).messages());
    }

    @Test
    void aNoteOfACopyThatCannotBeUndoneKeepsNoOtherFromIt() throws Exception {
        append(inbox, 3, Flags.SEEN);
        store.close();
        try (var home = Home.enter(dir.resolve("store"));
                var engine = Engine.open(home, StoreSettings.small())) {
            var batch = new Batch();
            batch.put(Keys.of(Keys.COPYING, inbox, 2), new byte[] {99});
            batch.put(Keys.of(Keys.COPYING, archive, 1), StoredUids.encode(UidSet.range(1, 1)));
            engine.apply(batch.done());
            engine.flush();
        }
        store = RocksMailStore.open(dir.resolve("store"));
        assertEquals(0, store.state(archive).messages());
        assertEquals(3, store.state(inbox).messages());
    }

    /** Before a COPY into INBOX was given up, a rename of INBOX took some of the copies along. */
    @Test
    void copiesThatWereMovedOnAreNotUndone() throws Exception {
        append(inbox, 3, Flags.SEEN);
        store.alter(inbox.account(), new MailboxChange.Rename("INBOX", "Old"));
        append(inbox, 2, Flags.SEEN);
        store.close();
        try (var home = Home.enter(dir.resolve("store"));
                var engine = Engine.open(home, StoreSettings.small())) {
            var batch = new Batch();
            batch.put(Keys.of(Keys.COPYING, inbox, 2), StoredUids.encode(UidSet.range(2, 4)));
            engine.apply(batch.done());
            engine.flush();
        }
        store = RocksMailStore.open(dir.resolve("store"));
        var old = store.find(inbox.account(), "Old").orElseThrow().id();
        assertEquals(3, store.state(old).messages());
        assertEquals(UidSet.range(5, 5), store.index(inbox).existing(UidSet.ALL));
    }

    @Test
    void noCommitOfACopyIsLarge() throws Exception {
        append(inbox, MANY, Flags.NONE);
        int before = commits().size();
        store.copy(inbox, UidSet.ALL, archive, false);
        var copying = commitsAfter(before);
        assertTrue(copying.size() > 2, copying::toString);
        int all = copying.stream().mapToInt(Log::octets).sum();
        assertTrue(copying.stream().allMatch(c -> c.octets < 0.5 * all), copying::toString);
    }

    /** The record of a commit, by its length and where it ends. */
    private record Log(int octets, long end) {}

    private List<Log> commitsAfter(int before) throws IOException {
        List<Log> all = commits();
        return all.subList(before, all.size());
    }

    private List<Log> commits() throws IOException {
        List<Log> all = new ArrayList<>();
        for (Path segment : Copies.segments(dir.resolve("store"))) {
            try (var scan = new SegmentScan(segment)) {
                for (var next = scan.nextEntry(); next.isPresent(); next = scan.nextEntry()) {
                    if (next.get() instanceof SegmentScan.Committed c) {
                        all.add(new Log(c.changes().length, c.end()));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void manyAreFlaggedAndExpungedByCommitsThatAreNotLarge() throws Exception {
        int many = 12_000;
        for (int i = 0; i < 4; i++) append(inbox, many / 4, Flags.NONE);
        int before = commits().size();
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        var flagged = store.store(inbox, UidSet.ALL, deleted, Long.MAX_VALUE);
        assertEquals(many, flagged.changed().size());
        assertEquals(store.state(inbox).highestModSeq(), flagged.highestModSeq());
        var late = store.store(inbox, UidSet.ALL, deleted, 1);
        assertEquals(UidSet.range(1, many), late.modified());
        var gone = store.expunge(inbox, UidSet.ALL);
        assertEquals(UidSet.range(1, many), gone.uids());
        assertEquals(store.state(inbox).highestModSeq(), gone.modSeq());
        assertEquals(0, store.state(inbox).messages());
        var changing = commitsAfter(before);
        assertTrue(changing.size() > 2, changing::toString);
        int all = changing.stream().mapToInt(Log::octets).sum();
        assertTrue(changing.stream().allMatch(c -> c.octets < 0.4 * all), changing::toString);
    }

    /** RFC 9051 §6.4.7: all that was copied goes again. */
    @Test
    void aCopyThatFailsIsUndone() {
        append(inbox, MANY - 1, Flags.NONE);
        append(inbox, 1, Flags.of(0, List.of("last")));
        for (int part = 0; part < 8; part++) { // as many keywords as there may be
            int from = part * 64;
            var words = IntStream.range(from, from + 64).mapToObj(i -> "k" + i).toList();
            append(archive, 1, Flags.of(0, words));
        }
        var before = ids(store, archive);
        var refused =
                assertThrows(
                        StoreException.class, () -> store.copy(inbox, UidSet.ALL, archive, false));
        assertEquals(StoreException.Reason.LIMIT, refused.reason());
        assertEquals(before, ids(store, archive));
        assertEquals(MANY, store.state(inbox).messages());
        assertTrue(store.state(archive).uidNext() > MANY - 100, "it had begun");
    }

    @Test
    void aCopyThatIsKilledIsUndone() throws Exception {
        append(inbox, MANY, Flags.NONE);
        int before = commits().size();
        store.copy(inbox, UidSet.ALL, archive, false);
        var ends = commitsAfter(before).stream().map(Log::end).toList();
        assertEquals(3, ends.size());
        Path killed = Copies.copy(dir.resolve("store"), dir.resolve("killed"));
        for (long end : ends) {
            Path each = Copies.copy(killed, dir.resolve("killed" + end));
            Copies.cut(Copies.segments(each).getFirst(), end);
            boolean whole = end == ends.getLast();
            try (var open = RocksMailStore.open(each)) {
                assertEquals(whole ? MANY + 1 : 1, ids(open, archive).size());
                assertEquals(MANY, ids(open, inbox).size());
                assertTrue(open.state(archive).uidNext() > LargeCopy.SOME, "it had begun");
            }
            assertEquals(List.of(), CheckTest.check(each));
        }
    }
}
