package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repair knows of messages whose metadata are lost: all that the log's commits say. */
class RepairedFlagsTest {

    /** Nothing is compacted: with small mail the commits soon are most of a segment. */
    private static final StoreSettings SETTINGS =
            StoreSettings.small().withCompaction(new StoreSettings.Compaction(100, 1 << 30));

    @TempDir static Path dir;
    private static Map<Integer, Kept> before = Map.of();

    /** What is to stay of a message. */
    private record Kept(Flags flags, ThreadId thread) {}

    @BeforeAll
    static void makeAStore() throws IOException {
        try (var store = RocksMailStore.open(dir.resolve("store"), SETTINGS)) {
            var inbox = Mails.account(store, "ann@example.org");
            append(store, inbox, "Message-ID: <1@x>\r\nSubject: a walk\r\n\r\n1");
            append(store, inbox, "Message-ID: <2@x>\r\nReferences: <1@x>\r\n\r\n2");
            append(store, inbox, "Message-ID: <3@x>\r\nSubject: something else\r\n\r\n3");
            add(store, inbox, 1, "\\Flagged", "Later", "$Forwarded");
        }
        try (var store = RocksMailStore.open(dir.resolve("store"), SETTINGS)) {
            var inbox = Mails.inbox(store, "ann@example.org");
            append(store, inbox, "Message-ID: <4@x>\r\nReferences: <2@x>\r\n\r\n4");
            add(store, inbox, 2, "\\Seen");
            add(store, inbox, 3, "Later");
            before = kept(store);
            Copies.copy(dir.resolve("store"), dir.resolve("killed"));
        }
    }

    private static void append(RocksMailStore store, MailboxId inbox, String text) {
        store.append(inbox, List.of(Mails.delivery(text.getBytes(US_ASCII))));
    }

    private static void add(RocksMailStore store, MailboxId inbox, long uid, String... flags) {
        var change = new FlagChange(FlagChange.Kind.ADD, Flags.parse(List.of(flags)));
        store.store(inbox, UidSet.of(uid), change, Long.MAX_VALUE);
    }

    private static Map<Integer, Kept> kept(RocksMailStore store) throws IOException {
        var all = new TreeMap<Integer, Kept>();
        for (var m : Mails.all(store, Mails.inbox(store, "ann@example.org"))) {
            byte[] text = Mails.read(store, m);
            all.put((int) text[text.length - 1], new Kept(m.flags(), m.threadId()));
        }
        return all;
    }

    private static void areKept(Path store) throws IOException {
        StoreRepair.repair(store, _ -> {});
        try (var open = RocksMailStore.open(store)) {
            assertEquals(before, kept(open));
        }
    }

    private static Path copy() throws IOException {
        return Copies.copy(dir.resolve("killed"), Files.createTempDirectory(dir, "copy"));
    }

    @Test
    void whereTheListOfTablesIsLost() throws IOException {
        Path store = copy();
        Files.delete(store.resolve("meta/CURRENT"));
        areKept(store);
    }

    @Test
    void whereATableIsLost() throws IOException {
        Path store = copy();
        Files.delete(Copies.files(store.resolve("meta"), "*.sst").getFirst());
        areKept(store);
    }

    @Test
    void whereABlockIsDamaged() throws IOException {
        Path store = copy();
        Copies.flip(Copies.files(store.resolve("meta"), "*.sst").getFirst(), 100);
        areKept(store);
    }

    @Test
    void whereAllMetadataAreLost() throws IOException {
        Path store = copy();
        Home.remove(store.resolve("meta"));
        areKept(store);
    }

    /** A commit that is lost takes the keywords with it; the thread is found by the References. */
    @Test
    void ofAMessageThatNoCommitTellsOfTheThreadIsFound() throws IOException {
        Path store = copy();
        Path segment = Copies.segments(store).getLast();
        try (var scan = new SegmentScan(segment)) {
            long at = 0;
            while (at == 0) {
                if (scan.nextEntry().orElseThrow() instanceof SegmentScan.Committed commit) {
                    at = commit.point().offset() + CommitFormat.HEAD + 8; // that of the fourth
                }
            }
            Copies.flip(segment, at);
        }
        areKept(store);
    }
}
