package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The secret that tells the records of a segment, and segments of which it is lost: it stands in
 * the head of the file, in every record and, of the newest segment, in the note of the log's end.
 */
class DefacedSegmentTest {

    private static final String ANN = "ann@example.org";
    private static final int IN_FILE_HEAD = 30;
    private static final int IN_FIRST_HEAD = SegmentFormat.FILE_HEAD + 30;

    @TempDir Path dir;

    private void fill(RocksMailStore store) {
        Mails.account(store, ANN);
        deliver(store, 0, 5);
    }

    private static void deliver(RocksMailStore store, int from, int to) {
        var inbox = Mails.inbox(store, ANN);
        for (int i = from; i < to; i++) {
            store.append(inbox, List.of(Mails.delivery(Mails.body(i, 700))));
        }
    }

    private static void areThere(Path store) throws IOException {
        try (var open = RocksMailStore.open(store)) {
            var messages = Mails.all(open, Mails.inbox(open, ANN));
            assertEquals(5, messages.size());
            for (var message : messages) assertEquals(message.uid() - 1, seed(open, message));
        }
    }

    private static long seed(RocksMailStore store, Message message) throws IOException {
        return Mails.seed(Mails.read(store, message));
    }

    @Test
    void eachSegmentHasASecretOfItsOwnThatIsNotShown() throws Exception {
        DamagedStore.make(dir.resolve("store")).close();
        Set<Long> secrets = new HashSet<>();
        List<Path> segments = new ArrayList<>(Copies.segments(dir.resolve("store")));
        for (Path segment : segments) {
            var octets = ByteBuffer.wrap(Files.readAllBytes(segment));
            long secret = SegmentFormat.secretOfFile(octets);
            secrets.add(secret);
            try (var scan = new SegmentScan(segment)) {
                for (var at = SegmentFormat.FILE_HEAD;
                        scan.rest() > 0;
                        at = (int) scan.position()) {
                    assertEquals(secret, octets.getLong(at + SegmentFormat.SECRET_AT));
                    String shown = scan.nextEntry().orElseThrow().toString();
                    assertFalse(shown.contains(Long.toString(secret)), shown);
                }
            }
        }
        assertTrue(segments.size() > 5);
        assertEquals(segments.size(), secrets.size());
    }

    /** A filled store as a kill leaves it. */
    private Path killed() throws Exception {
        Path killed = dir.resolve("killed");
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            fill(store);
            Copies.copy(dir.resolve("store"), killed);
        }
        return killed;
    }

    @Test
    void oneOfBothHeadsIsEnough() throws Exception {
        Path killed = killed();
        Copies.flip(Copies.segments(killed).getFirst(), IN_FILE_HEAD);
        areThere(killed);
    }

    /** What a killed store's newest segment begins with: a mail, for the account is older. */
    private Path killedAnew() throws Exception {
        Path store = dir.resolve("store");
        try (var open = RocksMailStore.open(store)) {
            Mails.account(open, ANN);
        }
        try (var open = RocksMailStore.open(store)) {
            deliver(open, 0, 5);
            return Copies.copy(store, dir.resolve("killed"));
        }
    }

    @Test
    void withoutBothHeadsTheNoteOfTheLogsEndTellsTheSecret() throws Exception {
        Path killed = killedAnew();
        defaceNewest(killed);
        var found = CheckTest.check(killed).stream().filter(f -> !f.harmless()).toList();
        assertFalse(found.isEmpty());
        assertTrue(found.stream().allMatch(f -> f.kind() == Kind.RECORD), found::toString);
        areThere(killed);
    }

    @Test
    void whatWasReadByThatNoteIsThereAfterTheNextKill() throws Exception {
        Path killed = killedAnew();
        defaceNewest(killed);
        Path again = dir.resolve("again");
        try (var open = RocksMailStore.open(killed)) {
            deliver(open, 5, 6); // its segment takes the place of the other in the note
            Copies.copy(killed, again);
        }
        try (var open = RocksMailStore.open(again)) {
            assertEquals(6, Mails.all(open, Mails.inbox(open, ANN)).size());
        }
    }

    @Test
    void byThatNoteARepairFindsWhatLiesBehindALostCommit() throws Exception {
        Path killed = killed(); // its first record is the commit of the account
        defaceNewest(killed);
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(killed));
        assertEquals(Reason.DAMAGED, refusal.reason());
        StoreRepair.repair(killed, _ -> {});
        try (var open = RocksMailStore.open(killed)) {
            assertEquals(5, Contents.of(open).messages().size());
        }
    }

    /** Older versions noted no secret, and a note of another segment tells none. */
    @Test
    void withoutTheSecretAKilledStoreIsRefused() throws Exception {
        Path killed = killed();
        defaceNewest(killed);
        Files.writeString(killed.resolve("END"), "segment 1\n");
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(killed));
        assertEquals(Reason.DAMAGED, refusal.reason());
        String why = String.valueOf(refusal.getMessage());
        assertTrue(
                why.startsWith("the newest segment, 00000001.seg, is damaged where it beg"), why);
        List<String> said = new ArrayList<>();
        StoreRepair.repair(killed, said::add);
        assertTrue(said.contains("what the beginning of 00000001.seg hides is not restored"));
        RocksMailStore.open(killed).close();
    }

    @Test
    void withoutTheSecretAClosedStoreKeepsItsMessages() throws Exception {
        Path closed = dir.resolve("store");
        try (var store = RocksMailStore.open(closed)) {
            fill(store);
        }
        defaceNewest(closed);
        var found = CheckTest.check(closed).stream().filter(f -> !f.harmless()).toList();
        assertTrue(found.stream().allMatch(f -> f.kind() == Kind.RECORD), found::toString);
        assertTrue(
                found.stream().anyMatch(f -> f.what().startsWith("its head and its first record")),
                found::toString);
        areThere(closed);
    }

    private static void defaceNewest(Path store) throws IOException {
        Path segment = Copies.segments(store).getLast();
        Copies.flip(segment, IN_FILE_HEAD);
        Copies.flip(segment, IN_FIRST_HEAD);
    }
}
