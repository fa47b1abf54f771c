package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Finding.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LESSONS 21: whatever the metadata lose, a repair has every message that can be read again. */
class RepairTest {

    @TempDir static Path dir;
    private static Path killed = Path.of("");
    private static Contents before = new Contents(Map.of());

    @BeforeAll
    static void makeStores() throws IOException {
        try (var store = DamagedStore.make(dir.resolve("open"))) {
            var inbox = Mails.inbox(store, "bob@example.org");
            for (int i = 0; i < 4; i++) { // a commit each
                store.append(inbox, List.of(Mails.delivery(Mails.body(8000 + i, 1500))));
            }
            before = Contents.of(store);
            killed = Copies.copy(dir.resolve("open"), dir.resolve("killed"));
        }
    }

    private Path copy() throws IOException {
        return Copies.copy(killed, Files.createTempDirectory(dir, "copy"));
    }

    private static List<String> repair(Path store) {
        List<String> said = new ArrayList<>();
        StoreRepair.repair(store, said::add);
        return said;
    }

    /** All texts are there again, perhaps twice, and nothing is wrong. */
    private static void whole(String hit, Path store) {
        List<String> said = repair(store);
        var left = CheckTest.check(store);
        assertTrue(
                left.stream().noneMatch(f -> f.kind().remedy() == Remedy.REPAIR),
                () -> hit + left + said);
        try (var open = RocksMailStore.open(store)) {
            var after = Contents.of(open).texts();
            before.texts()
                    .keySet()
                    .forEach(text -> assertTrue(after.containsKey(text), () -> hit + said + left));
        }
    }

    private static Path newest(Path store, String pattern) throws IOException {
        return Copies.files(store.resolve("meta"), pattern).getLast();
    }

    @Test
    void aGoodStoreIsLeftAlone() throws Exception {
        Path store = copy();
        assertEquals(List.of("nothing is to be repaired"), repair(store));
        try (var open = RocksMailStore.open(store)) {
            assertEquals(before, Contents.of(open));
        }
    }

    @Test
    void tables() throws Exception {
        var random = new Random();
        for (int i = 0; i < 12; i++) {
            Path store = copy();
            var tables = Copies.files(store.resolve("meta"), "*.sst");
            Path table = tables.get(random.nextInt(tables.size()));
            long at = random.nextLong(Files.size(table));
            Copies.flip(table, at);
            whole(table.getFileName() + " at " + at + ": ", store);
        }
    }

    @Test
    void aMissingTable() throws Exception {
        Path store = copy();
        Files.delete(newest(store, "*.sst"));
        whole("", store);
    }

    /** A note of a COPY that was finished may be back, as all that damage makes older. */
    @Test
    void noCopyIsUndone() throws Exception {
        Path store = copy();
        var copies = UidSet.range(1, 3);
        MailboxId work;
        try (var open = RocksMailStore.open(store)) {
            var ann = Mails.inbox(open, "ann@example.org").account();
            work = open.find(ann, "Work").orElseThrow().id();
            assertEquals(copies, open.index(work).existing(copies));
        }
        try (var home = Home.enter(store);
                var engine = Engine.open(home, DamagedStore.SETTINGS)) {
            var batch = new Batch();
            batch.put(Keys.of(Keys.COPYING, work, 1), StoredUids.encode(copies));
            engine.apply(batch.done());
            engine.flush();
        }
        Files.writeString(store.resolve("END"), "damaged");
        repair(store);
        try (var open = RocksMailStore.open(store)) {
            assertEquals(copies, open.index(work).existing(copies));
        }
    }

    @Test
    void theListOfFiles() throws Exception {
        Path store = copy();
        Files.delete(newest(store, "MANIFEST-*"));
        whole("no manifest", store);
        store = copy();
        Copies.flip(store.resolve("meta/CURRENT"), 3);
        whole("current", store);
    }

    @Test
    void commits() throws Exception {
        Path log = Path.of("");
        for (Path segment : Copies.segments(killed)) {
            if (!commits(Files.readAllBytes(segment)).isEmpty()) log = segment.getFileName();
        }
        List<Integer> all = commits(Files.readAllBytes(killed.resolve("segments").resolve(log)));
        assertTrue(all.size() > 1);
        all.removeLast(); // the last commit can't be told from a torn one
        for (int at : all) {
            Path store = copy();
            Copies.flip(store.resolve("segments").resolve(log), at + 20);
            whole("commit at " + at, store);
        }
    }

    /** Where the records of commits start. */
    private static List<Integer> commits(byte[] segment) {
        List<Integer> all = new ArrayList<>();
        var octets = ByteBuffer.wrap(segment);
        for (int at = 0; at + 4 <= segment.length; at++) {
            if (octets.getInt(at) == CommitFormat.MAGIC) all.add(at);
        }
        return all;
    }

    @Test
    void allMetadata() throws Exception {
        Path store = copy();
        Home.remove(store.resolve("meta"));
        whole("no metadata", store);
        try (var open = RocksMailStore.open(store)) {
            assertEquals(2, open.accounts().list().size());
        }
    }

    @Test
    void anAccountOfWhichNothingIsLeftButItsMail() throws Exception {
        Path store = copy();
        RocksMailStore.open(store).close();
        CheckTest.injure(store, db -> db.delete(Keys.account(new AccountId(1))));
        whole("no account", store);
        try (var open = RocksMailStore.open(store)) {
            var found = open.accounts().find("recovered-1@recovered.invalid").orElseThrow();
            assertTrue(found.disabled());
        }
    }

    @Test
    void theMarkOfTheFormat() throws Exception {
        Path store = copy();
        Copies.flip(store.resolve("FORMAT"), 3);
        whole("format", store);
    }

    @Test
    void damagedTextsAreRemovedWhenAskedAndKeptAside() throws Exception {
        Path store = copy();
        Path segment = Copies.segments(store).getLast();
        Copies.flip(segment, 500);
        var lost = CheckTest.check(store);
        assertTrue(lost.stream().allMatch(f -> f.kind() == Finding.Kind.BODY), lost::toString);
        assertEquals(List.of("nothing is to be repaired"), repair(store));
        StoreRepair.dropDamaged(store, _ -> {});
        assertEquals(
                List.of(), CheckTest.check(store).stream().filter(f -> !f.harmless()).toList());
        assertEquals(lost.size(), Copies.files(store.resolve("recovered"), "*.damaged").size());
    }
}
