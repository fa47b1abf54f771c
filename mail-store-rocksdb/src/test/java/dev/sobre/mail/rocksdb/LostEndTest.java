package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing at the end of the log, or of the list of metadata files, is noticed. */
class LostEndTest {

    @TempDir static Path dir;
    private static Path killed = Path.of("");

    /**
     * Three messages in a first segment, known to the tables, and two in a second, which are not.
     */
    @BeforeAll
    static void makeStores() throws IOException {
        Path store = dir.resolve("store");
        // Compaction would make other segments of these.
        var still = StoreSettings.small().withCompaction(new StoreSettings.Compaction(100, 1));
        try (var open = RocksMailStore.open(store, still)) {
            Mails.account(open, "ann@example.org");
            deliver(open, 0, 3);
        }
        try (var open = RocksMailStore.open(store, still)) {
            deliver(open, 3, 5);
            killed = Copies.copy(store, dir.resolve("killed"));
        }
    }

    private static void deliver(RocksMailStore store, int from, int to) {
        var inbox = Mails.inbox(store, "ann@example.org");
        for (int i = from; i < to; i++) {
            store.append(inbox, List.of(Mails.delivery(Mails.body(i, 500))));
        }
    }

    private static Path copy(Path of) throws IOException {
        return Copies.copy(of, Files.createTempDirectory(dir, "copy"));
    }

    private static int messages(Path store) {
        try (var open = RocksMailStore.open(store)) {
            return open.state(Mails.inbox(open, "ann@example.org")).messages();
        }
    }

    /** It is refused and named, and after a repair what is left is there. */
    private static void isNoticed(Path store, String words, int left) {
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.DAMAGED, refusal.reason());
        String why = String.valueOf(refusal.getMessage());
        assertTrue(why.contains(words), why);
        var found = CheckTest.check(store);
        assertTrue(found.stream().anyMatch(f -> f.kind() == Kind.COMMIT), found::toString);
        StoreRepair.repair(store, _ -> {});
        assertEquals(left, messages(store));
        assertEquals(List.of(), CheckTest.check(store));
    }

    @Test
    void aKilledStoreIsWhole() throws IOException {
        assertEquals(5, messages(copy(killed)));
    }

    @Test
    void theNewestSegmentAfterAKill() throws IOException {
        Path store = copy(killed);
        Files.delete(Copies.segments(store).getLast());
        isNoticed(store, "the newest segment, 00000002.seg, is missing", 3);
    }

    /** While it grows, compactions remove others that began before and after it. */
    @Test
    void theNewestSegmentAfterCompactionsAndAKill() throws IOException {
        Path store = dir.resolve("compacted");
        Path copy = dir.resolve("compacted-copy");
        try (var open = RocksMailStore.open(store)) {
            Mails.account(open, "ann@example.org");
            deliver(open, 0, 3);
        }
        try (var open = RocksMailStore.open(store)) {
            open.compact(_ -> {});
            var inbox = Mails.inbox(open, "ann@example.org");
            var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
            open.store(inbox, UidSet.range(1, 1), deleted, Long.MAX_VALUE);
            open.expunge(inbox, UidSet.ALL);
            open.compact(_ -> {}); // before it the tables were given what the first one did
            deliver(open, 3, 5);
            Copies.copy(store, copy);
        }
        Path newest = Copies.growing(copy);
        Files.delete(newest);
        isNoticed(copy, "the newest segment, " + newest.getFileName() + ", is missing", 2);
    }

    @Test
    void tablesThatAreOlderThanACleanEnd() throws IOException {
        Path store = copy(dir.resolve("store"));
        Files.delete(Copies.segments(store).getLast());
        Path metadata = store.resolve("meta");
        Home.remove(metadata);
        Copies.copy(killed.resolve("meta"), metadata); // has the first three messages only
        isNoticed(store, "the last commit that is known is ", 3);
    }

    @Test
    void aListOfFilesThatIsCutIsSaid() throws IOException {
        Path store = copy(killed);
        Path manifest = Copies.files(store.resolve("meta"), "MANIFEST-*").getLast();
        Copies.cut(manifest, Files.size(manifest) - 3);
        try (var lines = new LogLines(Recovery.class)) {
            assertEquals(5, messages(store));
            var said = lines.lines();
            assertTrue(said.toString().contains("in the middle of a record"), said::toString);
        }
    }
}
