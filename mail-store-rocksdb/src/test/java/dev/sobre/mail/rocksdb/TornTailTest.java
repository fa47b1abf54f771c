package dev.sobre.mail.rocksdb;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LESSONS 20, 21: files that end early or lie, and what is left of the store then. */
class TornTailTest {

    private static final String ANN = "ann@example.org";

    @TempDir Path dir;
    private final List<Long> logEnds = new ArrayList<>(); // the log's length after each commit
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
                int more = i % 4 == 3 ? 150 : 1; // 150 messages make a record of several blocks
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

    private void note(Path store, int messages) throws IOException {
        logEnds.add(Files.size(Copies.log(store)));
        known.add(messages);
    }

    private Path copyOf(Path store) throws IOException {
        return Copies.copy(store, dir.resolve("copy" + copies++));
    }

    @Test
    void aTornLogIsCutAndSaidSoAndWhatWasBeforeStays() throws Exception {
        Path killed = killedStore();
        long size = Files.size(Copies.log(killed));
        assertEquals(logEnds.getLast(), size);
        List<Long> cuts = new ArrayList<>(List.of(size - 1, size - 5, size / 2));
        for (long end : logEnds.subList(3, 7)) cuts.addAll(List.of(end, end + 1, end + 7));
        var random = new Random();
        for (int i = 0; i < 6; i++) {
            cuts.add(logEnds.getFirst() + random.nextLong(size - logEnds.getFirst()));
        }
        for (long cut : cuts) checkCut(copyOf(killed), cut);
    }

    private void checkCut(Path store, long cut) throws IOException {
        Path log = Copies.log(store);
        byte[] before = Files.readAllBytes(log);
        Copies.cut(log, cut);
        int whole = 0;
        while (whole + 1 < logEnds.size() && logEnds.get(whole + 1) <= cut) whole++;
        boolean torn = logEnds.get(whole) < cut;
        try (var said = new LogLines(Recovery.class);
                var open = RocksMailStore.open(store)) {
            assertEquals(torn ? 1 : 0, said.lines().size(), "cut at " + cut);
            MailboxId inbox = Mails.inbox(open, ANN);
            assertEquals(known.get(whole), open.state(inbox).messages(), "cut at " + cut);
            var messages = Mails.all(open, inbox);
            for (int i = 0; i < messages.size(); i++) {
                assertArrayEquals(Mails.body(i, 700), Mails.read(open, messages.get(i)));
            }
            var next = Mails.submission(DeliveryId.random(), Mails.body(9999, 700), inbox);
            assertEquals(known.get(whole) + 1, open.accept(next).local().getFirst().uid());
        }
        if (!torn) return;
        Path kept = Copies.files(store.resolve("recovered"), "*").getFirst();
        int from = (int) (long) logEnds.get(whole);
        assertArrayEquals(Arrays.copyOfRange(before, from, (int) cut), Files.readAllBytes(kept));
    }

    @Test
    void garbageAfterTheLogIsCut() throws Exception {
        Path store = killedStore();
        byte[] garbage = new byte[5000];
        new Random(7).nextBytes(garbage);
        Files.write(Copies.log(store), garbage, StandardOpenOption.APPEND);
        try (var open = RocksMailStore.open(store)) {
            assertEquals(known.getLast(), open.state(Mails.inbox(open, ANN)).messages());
        }
    }

    @Test
    void damageBeforeTheEndOfTheLogIsNoTornTail() throws Exception {
        Path killed = killedStore();
        for (long at : List.of(logEnds.get(2) + 3, logEnds.get(4) + 20_000, logEnds.get(7) + 50)) {
            Path store = copyOf(killed);
            Path log = Copies.log(store);
            Copies.flip(log, at);
            byte[] before = Files.readAllBytes(log);
            var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
            assertEquals(Reason.DAMAGED, refusal.reason());
            assertArrayEquals(before, Files.readAllBytes(log), "left as it was");
        }
    }

    @Test
    void aCutSegmentLosesOnlyWhatItLostAndSaysSo() throws Exception {
        Path killed = killedStore();
        long size = Files.size(Copies.segments(killed).getLast());
        for (long cut : new long[] {size - 1, size - 500, size / 3, 40, 0}) {
            Path store = copyOf(killed);
            Copies.cut(Copies.segments(store).getLast(), cut);
            try (var said = new LogLines(Recovery.class);
                    var open = RocksMailStore.open(store)) {
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
        Path store = killedStore();
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
            assertEquals(0, scan.rest());
        }
        assertEquals(known.getLast(), found);
    }
}
