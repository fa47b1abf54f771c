package dev.sobre.mail.rocksdb;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** LESSONS 20, 21: files that end early or lie, and what is left of the store then. */
class TornTailTest {

    private static final String ANN = "ann@example.org";

    @TempDir Path dir;
    private final List<Long> ends =
            new ArrayList<>(); // where the segment's records end after each commit
    private final List<Integer> known = new ArrayList<>(); // how many messages there were then
    private int copies;

    /** Makes a store of some commits, small and large ones, and a copy of it as after a kill. */
    private Path killedStore() throws IOException {
        Path original = dir.resolve("original");
        try (var store = RocksMailStore.open(original)) {
            MailboxId inbox = Mails.account(store, ANN);
            note(original, 0);
            int count = 0;
            for (int i = 0; i < 12; i++) {
                int more = i % 4 == 3 ? 150 : 1;
                List<Delivery> deliveries = new ArrayList<>();
                for (int j = 0; j < more; j++) {
                    deliveries.add(Mails.delivery(Mails.body(count++, 700)));
                }
                store.append(inbox, deliveries);
                note(original, count);
            }
            return Copies.copy(original, dir.resolve("killed"));
        }
    }

    /** The same, closed before it was copied. */
    private Path closedStore() throws IOException {
        killedStore();
        return Copies.copy(dir.resolve("original"), dir.resolve("closed"));
    }

    private void note(Path store, int messages) throws IOException {
        try (var scan = new SegmentScan(Copies.segments(store).getLast())) {
            scan.skipAll();
            ends.add(scan.position());
        }
        known.add(messages);
    }

    private Path copyOf(Path store) throws IOException {
        return Copies.copy(store, dir.resolve("copy" + copies++));
    }

    @Test
    void ofATornCommitNothingIsThereAndWhatWasBeforeStays() throws Exception {
        Path killed = killedStore();
        long size = ends.getLast();
        long all = Files.size(Copies.segments(killed).getLast());
        List<Long> cuts = new ArrayList<>(List.of(all, size, size - 1, size - 5, size / 2));
        for (long end : ends.subList(3, 7)) cuts.addAll(List.of(end, end + 1, end + 7, end - 1));
        var random = new Random();
        for (int i = 0; i < 8; i++) {
            cuts.add(ends.getFirst() + random.nextLong(size - ends.getFirst()));
        }
        for (long cut : cuts) {
            Path store = copyOf(killed);
            Copies.cut(Copies.segments(store).getLast(), cut);
            check(store, whole(cut), "cut at " + cut);
        }
    }

    /** How many commits end before a place. */
    private int whole(long cut) {
        int whole = 0;
        while (whole + 1 < ends.size() && ends.get(whole + 1) <= cut) whole++;
        return whole;
    }

    /** So many commits are there, and the store goes on. */
    private void check(Path store, int whole, String why) throws IOException {
        for (int next = 0; next < 2; next++) {
            try (var open = RocksMailStore.open(store)) {
                MailboxId inbox = Mails.inbox(open, ANN);
                assertEquals(known.get(whole) + next, open.state(inbox).messages(), why);
                var messages = Mails.all(open, inbox);
                for (int i = 0; i < known.get(whole); i++) {
                    assertArrayEquals(Mails.body(i, 700), Mails.read(open, messages.get(i)));
                }
                var mail = Mails.submission(DeliveryId.random(), Mails.body(9999, 700), inbox);
                assertEquals(
                        known.get(whole) + 1 + next, open.accept(mail).local().getFirst().uid());
            }
        }
    }

    @Test
    void garbageAfterTheLastCommitIsPassedOver() throws Exception {
        Path killed = killedStore();
        byte[] garbage = new byte[5000];
        new Random(7).nextBytes(garbage);
        long all = Files.size(Copies.segments(killed).getLast());
        for (long place : new long[] {ends.getLast(), ends.getLast() + 100, all}) {
            Path store = copyOf(killed);
            try (var file = FileChannel.open(Copies.segments(store).getLast(), WRITE)) {
                file.write(ByteBuffer.wrap(garbage), place);
            }
            check(store, known.size() - 1, "garbage at " + place);
        }
    }

    @Test
    void ofACommitWhoseBodiesDidNotComeToTheDiskNothingIsThere() throws Exception {
        Path store = killedStore();
        long last = ends.get(ends.size() - 2);
        try (var file = FileChannel.open(Copies.segments(store).getLast(), WRITE)) {
            file.write(ByteBuffer.allocate(4096), last + 10_000); // a hole
        }
        try (var said = new LogLines(Replay.class)) {
            check(store, known.size() - 2, "a hole");
            assertEquals(1, said.lines().stream().filter(l -> l.contains("passed over")).count());
        }
    }

    @Test
    void aDamagedCommitBeforeTheLastIsNoTornTail() throws Exception {
        Path killed = killedStore();
        for (int commit : new int[] {2, 4, 7, 10}) {
            Path store = copyOf(killed);
            Path segment = Copies.segments(store).getLast();
            Copies.flip(segment, ends.get(commit) - 30);
            byte[] before = Files.readAllBytes(segment);
            var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
            assertEquals(Reason.DAMAGED, refusal.reason());
            assertArrayEquals(before, Files.readAllBytes(segment), "left as it was");
        }
    }

    @Test
    void aFailedCommitIsNotReadAgain() throws Exception {
        var home = Home.enter(dir.resolve("chain"));
        try (home;
                var segments = new Segments(home);
                var engine = Engine.open(home, StoreSettings.small())) {
            var first = new SegmentWriter(segments, StoreSettings.small(), CommitPoint.NONE);
            commit(first, "one");
            var afterOne = commit(first, "two");
            commit(first, "failed"); // written, but its sync failed and nobody knows
            var second = new SegmentWriter(segments, StoreSettings.small(), afterOne);
            commit(second, "three");
            first.close();
            second.close();
            assertEquals(3, Replay.into(engine, segments).number());
            for (String name : List.of("one", "two", "three", "failed")) {
                byte[] key = Keys.counter(name);
                boolean there = engine.read(reads -> reads.get(key)).isPresent();
                assertEquals(!name.equals("failed"), there, name);
            }
            assertEquals(3, Replay.into(engine, segments).number());
        }
    }

    private static CommitPoint commit(SegmentWriter writer, String name) throws Exception {
        var point = writer.next();
        try (var batch = new WriteBatch()) {
            batch.put(Keys.counter(name), new byte[8]);
            batch.put(CommitPoint.KEY, point.encode());
            writer.commit(point, batch.data());
        }
        return point;
    }

    @Test
    void aCutSegmentLosesOnlyWhatItLostAndSaysSo() throws Exception {
        Path killed = closedStore();
        var still = StoreSettings.small().withCompaction(new StoreSettings.Compaction(100, 1));
        long size = Files.size(Copies.segments(killed).getLast());
        for (long cut : new long[] {size - 1, size - 500, size / 3, 48, 0}) {
            Path store = copyOf(killed);
            Copies.cut(Copies.segments(store).getLast(), cut);
            try (var said = new LogLines(Recovery.class);
                    var open = RocksMailStore.open(store, still)) {
                assertEquals(cut == 0 ? 0 : 1, said.lines().size(), "cut at " + cut);
                MailboxId inbox = Mails.inbox(open, ANN);
                assertEquals(known.getLast(), open.state(inbox).messages());
                checkReadable(open, inbox, cut);
                long uid = known.getLast() + 1L;
                byte[] body = Mails.body(uid, 100_000);
                var done = open.accept(Mails.submission(DeliveryId.random(), body, inbox));
                assertEquals(uid, done.local().getFirst().uid());
                assertArrayEquals(body, Mails.read(open, Mails.all(open, inbox).getLast()));
            }
            assertEquals(2, Copies.segments(store).size(), "new mail went to a new segment");
            assertEquals(cut, Files.size(Copies.segments(store).getFirst()), "left as it was");
        }
    }

    private static void checkReadable(RocksMailStore store, MailboxId inbox, long cut)
            throws IOException {
        var messages = Mails.all(store, inbox);
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            long sums = message.body().offset() + message.body().length() + 4;
            if (sums <= cut) assertArrayEquals(Mails.body(i, 700), Mails.read(store, message));
            else assertThrows(IOException.class, () -> Mails.read(store, message));
        }
    }

    @Test
    void aFlippedOctetOfABodyLosesThatMessageAlone() throws Exception {
        Path store = killedStore();
        List<Message> messages;
        try (var open = RocksMailStore.open(store)) {
            messages = Mails.all(open, Mails.inbox(open, ANN));
        }
        var hit = messages.get(5);
        Copies.flip(Copies.segments(store).getFirst(), hit.body().offset() + 300);
        try (var open = RocksMailStore.open(store)) {
            for (var message : messages) {
                if (message.uid() == hit.uid()) {
                    assertThrows(IOException.class, () -> Mails.read(open, message));
                } else {
                    int seed = (int) message.uid() - 1;
                    assertArrayEquals(Mails.body(seed, 700), Mails.read(open, message));
                }
            }
        }
    }

    @Test
    void aMissingSegmentLosesItsMessagesAlone() throws Exception {
        Path store = closedStore();
        Files.delete(Copies.segments(store).getFirst());
        try (var open = RocksMailStore.open(store)) {
            var first = Mails.all(open, Mails.inbox(open, ANN)).getFirst();
            var failure = assertThrows(StoreException.class, () -> Mails.read(open, first));
            assertEquals(Reason.DAMAGED, failure.reason());
            assertTrue(open.index(Mails.inbox(open, ANN)).size() > 0);
        }
    }

    @Test
    void aSegmentCanBeWalkedWithoutItsMetadata() throws Exception {
        Path store = killedStore();
        int found = 0;
        try (var scan = new SegmentScan(Copies.segments(store).getFirst())) {
            for (var next = scan.next(); next.isPresent(); next = scan.next()) {
                found++;
                assertEquals(1, next.get().targets().size());
                assertEquals(1_700_000_000, next.get().head().date().getEpochSecond());
            }
            assertTrue(scan.isAtEnd());
        }
        assertEquals(known.getLast(), found);
    }
}
