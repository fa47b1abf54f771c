package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The space of bodies that nothing refers to is freed, and nothing else is lost by it. */
class CompactionTest {

    private static final int OCTETS = 5000;
    private static final StoreSettings SMALL = StoreSettings.small().withSegmentOctets(50_000);

    /** As {@link #SMALL}, but nothing happens unless it is asked for. */
    private static final StoreSettings WHEN_ASKED =
            SMALL.withCompaction(new StoreSettings.Compaction(100, 1 << 30));

    @TempDir Path dir;
    private final Steps steps = new Steps();
    private final Map<Long, byte[]> expected = new TreeMap<>(); // by UID
    private RocksMailStore store;
    private MailboxId inbox;

    @BeforeEach
    void open() {
        open(WHEN_ASKED);
        inbox = Mails.account(store, "ann@example.org");
    }

    private void open(StoreSettings settings) {
        store = RocksMailStore.open(dir.resolve("store"), settings, steps);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void deliver(int count) {
        List<Delivery> some = new ArrayList<>();
        long first = store.state(inbox).uidNext();
        for (long uid = first; uid < first + count; uid++) {
            expected.put(uid, Mails.body(uid, OCTETS));
            some.add(Mails.delivery(expected.get(uid)));
        }
        store.append(inbox, some);
    }

    private void deliverLarge() {
        long uid = store.state(inbox).uidNext();
        expected.put(uid, Mails.body(uid, 300_000));
        try (var sink = store.sink(1 << 20)) {
            sink.write(ByteBuffer.wrap(expected.get(uid)));
            store.append(inbox, List.of(Mails.delivery(sink.finish())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void expunge(UidSet uids) {
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, uids, deleted, Long.MAX_VALUE);
        store.expunge(inbox, uids);
        expected.keySet().removeIf(uids::contains);
    }

    private static UidSet allBut(int count, int each) {
        var uids = new UidSet.Builder();
        for (int uid = 1; uid <= count; uid++) if (uid % each != 0) uids.add(uid, uid);
        return uids.build();
    }

    private CompactionProgress compact() {
        return store.compact(_ -> {});
    }

    private void verify() throws IOException {
        verify(store, inbox);
    }

    private void verify(RocksMailStore store, MailboxId mailbox) throws IOException {
        List<Message> all = Mails.all(store, mailbox);
        assertEquals(List.copyOf(expected.keySet()), all.stream().map(Message::uid).toList());
        for (var message : all) {
            assertArrayEquals(expected.get(message.uid()), Mails.read(store, message));
        }
    }

    private long octets() throws IOException {
        long octets = 0;
        for (Path segment : Copies.segments(dir.resolve("store"))) octets += Files.size(segment);
        return octets;
    }

    private int files(String directory) throws IOException {
        return Copies.files(dir.resolve("store").resolve(directory), "*").size();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    @Test
    void whatIsReleasedIsFreedInTheBackground() throws Exception {
        store.close();
        open(SMALL);
        deliver(100);
        deliverLarge();
        await().until(() -> files("incoming") == 0); // the large one is on its way
        long before = octets();
        expunge(allBut(101, 5));
        await().until(() -> octets() < before / 3);
        verify();
        store.close();
        open(SMALL);
        verify();
    }

    /** Each change is written to a segment, and is not needed there for long. */
    @Test
    void changesAreFreedInTheBackground() throws Exception {
        store.close();
        open(SMALL);
        deliver(20);
        var flagged = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.FLAGGED));
        var plain = new FlagChange(FlagChange.Kind.REMOVE, Flags.of(Flag.FLAGGED));
        for (int i = 0; i < 1000; i++) {
            store.store(inbox, UidSet.ALL, i % 2 == 0 ? flagged : plain, Long.MAX_VALUE);
        }
        await().until(() -> octets() < 4 * 50_000);
        verify();
    }

    @Test
    void aStoreThatIsOpenedAndClosedOnlyStaysAsItIs() throws Exception {
        store.close();
        open(StoreSettings.small());
        deliver(20);
        store.close();
        var before = Copies.segments(dir.resolve("store"));
        long octets = octets();
        for (int i = 0; i < 3; i++) {
            open(StoreSettings.small());
            store.check(_ -> {}); // after what was begun
            store.close();
        }
        assertEquals(before, Copies.segments(dir.resolve("store")));
        assertEquals(octets, octets());
        open(WHEN_ASKED);
        verify();
    }

    @Test
    void whatAnEarlierProcessReleasedIsFreedToo() throws Exception {
        deliver(100);
        expunge(allBut(100, 5));
        long before = octets();
        store.close();
        open(SMALL);
        await().until(() -> octets() < before / 3);
        verify();
    }

    @Test
    void askedForEverythingIsFreedAtOnce() throws Exception {
        deliver(100);
        deliverLarge();
        deliver(1); // so that the segment before may be compacted
        expunge(allBut(100, 7));
        await().until(() -> files("incoming") == 0); // the large one is on its way
        long before = octets();
        List<CompactionProgress> seen = new ArrayList<>();
        var end = store.compact(seen::add);
        assertEquals(end, seen.getLast());
        assertEquals(end.segments(), end.done());
        // The commits that it takes are written, too.
        await().until(() -> before - octets() > 0.9 * end.freedOctets());
        assertTrue(end.freedOctets() > 80 * OCTETS);
        verify();
        long commits = compact().freedOctets();
        assertTrue(commits < 5 * OCTETS, "nothing is moved twice for nothing: " + commits);
        assertEquals(expected.size(), store.stats().bodies());
        assertEquals(expected.size(), store.stats().messages());
    }

    @Test
    void askedForEverythingItFreesOfTheSegmentThatGrowsToo() throws Exception {
        deliver(100);
        expunge(allBut(100, 7));
        assertTrue(compact().freedOctets() > 80 * OCTETS);
        verify();
    }

    /** A disk with room for one more segment is enough, and what was freed is free at once. */
    @Test
    void eachSegmentGoesBeforeTheNextIsMoved() throws Exception {
        deliver(100);
        expunge(UidSet.range(1, 2).plus(UidSet.range(20, 22)).plus(UidSet.range(70, 71)));
        long before = octets();
        List<Long> during = new ArrayList<>();
        store.compact(
                _ -> {
                    try {
                        during.add(octets());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        assertTrue(Collections.max(during) < before + 60_000, during::toString);
        assertTrue(during.getLast() < before - 6 * OCTETS, before + ": " + during);
        verify();
    }

    @Test
    void bodiesAreMovedAgainAndAgain() throws Exception {
        deliver(60);
        for (int round = 0; round < 4; round++) {
            deliver(30);
            var gone = new UidSet.Builder();
            expected.keySet().stream().filter(u -> u % 3 == 1).forEach(u -> gone.add(u, u));
            expunge(gone.build());
            compact();
            verify();
            store.close();
            open(WHEN_ASKED);
            verify();
        }
        expunge(UidSet.ALL);
        store.close();
        open(WHEN_ASKED); // so that nothing grows
        compact();
        await().until(() -> Copies.segments(dir.resolve("store")).size() == 1); // of commits
        assertEquals(0, store.stats().bodies());
        assertTrue(store.stats().releasedOctets() < octets());
        store.close();
        open(WHEN_ASKED);
        deliver(20); // in segments whose numbers were never used
        verify();
    }

    @Test
    void aCopyKeepsABodyAlive() throws Exception {
        deliver(30);
        var archive = store.find(inbox.account(), "Archive").orElseThrow().id();
        store.copy(inbox, UidSet.range(1, 30), archive, false);
        var kept = new TreeMap<>(expected);
        expunge(UidSet.range(1, 29));
        compact();
        verify();
        expected.clear();
        expected.putAll(kept);
        verify(store, archive);
    }

    @Test
    void whatHappensWhileBodiesAreMoved() throws Exception {
        var archive = store.find(inbox.account(), "Archive").orElseThrow().id();
        boolean[] paused = {true};
        int pause = 0;
        for (; paused[0]; pause++) {
            paused[0] = false;
            store.alter(inbox.account(), new MailboxChange.Create("Copies" + pause));
            var copies = store.find(inbox.account(), "Copies" + pause).orElseThrow().id();
            deliver(10);
            long last = store.state(inbox).uidNext() - 1;
            deliver(20);
            expunge(UidSet.range(last - 8, last - 5));
            var before = new TreeMap<>(expected);
            steps.at(
                    pause,
                    () -> {
                        paused[0] = true;
                        store.copy(inbox, UidSet.of(last), copies, false); // one more holds it
                        store.copy(inbox, UidSet.of(last - 1), archive, true); // moved meanwhile
                        expected.remove(last - 1);
                        expunge(UidSet.of(last)); // the copy holds it alone
                        expunge(UidSet.of(last - 2)); // the last that held it
                        deliver(1);
                        deliverLarge();
                    });
            compact();
            if (!paused[0]) break;
            verify();
            var copy = Mails.all(store, copies).getFirst();
            assertArrayEquals(before.get(last), Mails.read(store, copy));
            var moved = Mails.all(store, archive).getLast();
            assertArrayEquals(before.get(last - 1), Mails.read(store, moved));
            steps.next = () -> {};
            compact();
            verify();
            assertArrayEquals(before.get(last), Mails.read(store, copy));
            assertEquals(referredTo(), store.stats().bodies());
        }
        assertTrue(pause > 6);
        store.close();
        open(WHEN_ASKED);
        compact();
        verify();
        assertEquals(referredTo(), store.stats().bodies());
    }

    private long referredTo() {
        return store.list(inbox.account()).stream()
                .flatMap(m -> Mails.all(store, m.id()).stream())
                .map(Message::body)
                .distinct()
                .count();
    }

    @Test
    void aReaderKeepsItsSegment() throws Exception {
        deliver(30);
        var message = Mails.all(store, inbox).get(4);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        try (var reader = store.open(message.body())) {
            expunge(UidSet.range(1, 3));
            compact();
            assertTrue(Files.exists(segment), "a reader has it open");
            Thread.currentThread().interrupt(); // closes the reader's file, which is opened again
            assertThrows(IOException.class, () -> reader.read(0, ByteBuffer.allocate(10)));
            assertTrue(Thread.interrupted());
            var rest = ByteBuffer.allocate(OCTETS);
            reader.read(1000, rest);
            assertEquals(Mails.body(5, OCTETS)[1000], rest.get(0));
            try (var second = store.open(message.body())) {
                assertEquals(10, second.read(0, ByteBuffer.allocate(10)));
            }
        }
        await().until(() -> !Files.exists(segment));
        verify();
    }

    @Test
    void whatWaitsForACommitIsTakenInOrDiscarded() throws Exception {
        deliverLarge();
        await().until(() -> files("incoming") == 0);
        Path killed = dir.resolve("killed");
        copy(killed);
        Path segment = Copies.segments(killed).getLast();
        Path committed = killed.resolve("incoming").resolve(segment.getFileName());
        Files.copy(segment, killed.resolve("incoming/00000077.seg")); // of no commit
        Files.move(segment, committed); // as if it had been killed before it was taken in
        try (var copy = RocksMailStore.open(killed, WHEN_ASKED)) {
            verify(copy, inbox);
            assertTrue(Files.exists(segment));
            assertEquals(0, copyOffered(killed));
        }
    }

    @Test
    void aDamagedBodyIsNeverDropped() throws Exception {
        deliver(30);
        var messages = Mails.all(store, inbox);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        Copies.flip(segment, messages.get(5).body().offset() + 300);
        expunge(UidSet.range(1, 3));
        try (var log = new LogLines(Compaction.class)) {
            assertEquals(1, compact().damaged());
            assertEquals(1, compact().damaged());
            assertEquals(1, log.lines().size(), "said once");
            assertTrue(log.lines().getFirst().startsWith("segment 1 is not compacted"));
        }
        assertTrue(Files.exists(segment));
        assertEquals(0, files("incoming"));
        assertThrows(IOException.class, () -> Mails.read(store, messages.get(5)));
        assertArrayEquals(expected.get(5L), Mails.read(store, messages.get(4)));
    }

    @Test
    void bodiesBehindADamagedHeadAreNeverDropped() throws Exception {
        deliver(30);
        var messages = Mails.all(store, inbox);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        Copies.flip(segment, messages.get(5).body().offset() - 20);
        expunge(UidSet.range(1, 3));
        compact();
        verify(); // a body can be read without its head
        Path first = Copies.segments(dir.resolve("store")).getFirst();
        assertEquals(segment, first);
    }

    @Test
    void movedBodiesBehindADamagedHeadAreNeverDropped() throws Exception {
        deliver(30);
        expunge(UidSet.range(1, 5));
        compact();
        await().until(() -> !Files.exists(dir.resolve("store/segments/00000001.seg")));
        Path moved = firstMoved();
        Copies.flip(moved, 40); // the first head
        expunge(UidSet.of(6));
        compact();
        assertTrue(Files.exists(moved));
        verify();
        Copies.flip(moved, 40);
        Copies.flip(moved, 10); // the file's head
        expunge(UidSet.of(7));
        compact();
        assertTrue(Files.exists(moved));
        verify();
    }

    private Path firstMoved() throws IOException {
        for (Path segment : Copies.segments(dir.resolve("store"))) {
            try (var scan = new SegmentScan(segment)) {
                if (scan.moved()) return segment;
            }
        }
        throw new AssertionError("nothing was moved");
    }

    @Test
    void killedAtAnyStep() throws Exception {
        deliver(20);
        deliver(1); // to a third segment
        expunge(allBut(20, 2));
        List<Path> killed = new ArrayList<>();
        steps.next =
                () -> {
                    killed.add(dir.resolve("killed" + killed.size()));
                    copy(killed.getLast());
                };
        compact();
        verify();
        await().until(() -> files("incoming") == 0); // what was moved is on its way
        long octets = octets();
        assertTrue(killed.size() > 15, "each body and each commit is a step");
        for (Path copied : killed) {
            try (var copy = RocksMailStore.open(copied, WHEN_ASKED)) {
                verify(copy, inbox);
                assertEquals(0, copyOffered(copied));
                copy.compact(_ -> {});
                verify(copy, inbox);
                assertEquals(expected.size(), copy.stats().bodies());
                await().until(() -> copy.stats().segmentOctets() < octets + OCTETS);
            }
        }
    }

    private static int copyOffered(Path store) throws IOException {
        return Copies.files(store.resolve("incoming"), "*").size();
    }

    private void copy(Path to) {
        try {
            Copies.copy(dir.resolve("store"), to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Commits that lay in a segment are not needed once it is gone. */
    @Test
    void killedAfterSegmentsWent() throws Exception {
        deliver(40);
        expunge(allBut(40, 4));
        Path first = Copies.segments(dir.resolve("store")).getFirst();
        compact();
        await().until(() -> !Files.exists(first));
        deliver(1);
        Path killed = dir.resolve("killed");
        copy(killed);
        try (var copy = RocksMailStore.open(killed, WHEN_ASKED)) {
            verify(copy, inbox);
        }
    }

    @Test
    void closingEndsACompaction() throws Exception {
        deliver(60);
        expunge(allBut(60, 2));
        var closer = new Thread(store::close);
        steps.at(
                5,
                () -> {
                    closer.start();
                    while (closer.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
                });
        var e = assertThrows(StoreException.class, this::compact);
        assertEquals(Reason.UNAVAILABLE, e.reason());
        closer.join();
        steps.next = () -> {};
        open(WHEN_ASKED);
        verify();
        compact();
        verify();
        assertFalse(Copies.segments(dir.resolve("store")).isEmpty());
    }

    @Test
    void theMessagesOfADeletedMailboxAreReleasedByAndBy() throws Exception {
        store.alter(inbox.account(), new MailboxChange.Create("Old"));
        var old = store.find(inbox.account(), "Old").orElseThrow().id();
        deliver(20);
        List<Delivery> many = new ArrayList<>();
        for (int i = 0; i < 2500; i++) many.add(Mails.delivery(Mails.body(i, 300)));
        store.append(old, many);
        store.copy(inbox, UidSet.of(1), old, false);
        Path killed = dir.resolve("killed");
        long[] bodies = {0};
        steps.at(
                0, // after the first few
                () -> {
                    bodies[0] = store.stats().bodies();
                    copy(killed);
                    deliver(1);
                });
        store.alter(inbox.account(), new MailboxChange.Delete("Old"));
        assertThrows(StoreException.class, () -> store.state(old));
        await().until(() -> store.stats().bodies() == 21);
        assertEquals(2520 - 250, bodies[0]);
        verify();
        expected.remove(21L);
        try (var copy = RocksMailStore.open(killed, SMALL)) {
            await().until(() -> copy.stats().bodies() == 20);
            verify(copy, inbox);
        }
    }
}
