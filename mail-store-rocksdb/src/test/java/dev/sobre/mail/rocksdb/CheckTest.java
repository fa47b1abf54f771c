package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The check of a store: nothing is found where nothing is wrong, and all that is wrong is. */
class CheckTest {

    private static final MailboxId NONE = new MailboxId(new AccountId(1), 99);

    @TempDir Path dir;

    static List<Finding> check(Path store) {
        List<Finding> found = new ArrayList<>();
        StoreCheck.of(store, found::add);
        return found;
    }

    private Path closedStore() throws IOException {
        Path store = dir.resolve("store");
        DamagedStore.make(store).close();
        return store;
    }

    @Test
    void nothingIsFoundInAGoodStore() throws Exception {
        Path path = dir.resolve("store");
        try (var store = DamagedStore.make(path)) {
            List<Finding> found = new ArrayList<>();
            store.check(found::add);
            assertEquals(List.of(), found);
            var refusal = assertThrows(StoreException.class, () -> check(path));
            assertEquals("the mail store is in use already", refusal.getMessage());
        }
        Map<Path, String> before = files(path);
        assertEquals(List.of(), check(path));
        assertEquals(before, files(path), "nothing was changed");
    }

    private static Map<Path, String> files(Path store) throws IOException {
        Map<Path, String> all = new TreeMap<>();
        try (var files = Files.walk(store)) {
            for (Path file : files.toList()) {
                all.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return all;
    }

    /** A change of the metadata behind the store's back. */
    @FunctionalInterface
    interface Injury {
        void to(RocksDB db) throws RocksDBException;
    }

    @Test
    void everyKindOfEntryIsLookedAt() throws Exception {
        Path store = closedStore();
        List<byte[]> all = new ArrayList<>();
        injure(store, db -> collect(db, all));
        MailboxId inbox = inbox(all);
        long validity = Keys.last(first(all, Keys.UID_VALIDITY));
        BlobRef moved = blob(first(all, Keys.MOVED));
        byte[] state = StoredState.fresh(1).encode();
        byte[] one = Counters.encode(1);
        byte[] number = new ByteWriter(8).i64(77).done();
        finds(store, Kind.COUNTERS, db -> db.put(Keys.of(Keys.STATE, inbox), state));
        finds(store, Kind.ENTRY, db -> db.put(Keys.of(Keys.STATE, inbox), new byte[] {9}));
        finds(store, Kind.ENTRY, db -> db.put(Keys.of(Keys.ROW, inbox, 1), new byte[0]));
        finds(store, Kind.ENTRY, db -> db.put(Keys.of(Keys.MESSAGE, inbox, 1), new byte[] {2}));
        finds(store, Kind.ROW, db -> db.delete(Keys.of(Keys.ROW, inbox, 1)));
        finds(store, Kind.ROW, db -> db.delete(Keys.of(Keys.MESSAGE, inbox, 1)));
        finds(store, Kind.ROW, db -> db.delete(Keys.of(Keys.MESSAGE, inbox, 186)));
        finds(store, Kind.MAILBOX, db -> db.delete(Keys.of(Keys.STATE, inbox)));
        finds(store, Kind.MAILBOX, db -> db.delete(Keys.of(Keys.MAILBOX, inbox)));
        finds(store, Kind.ORPHAN, db -> db.put(Keys.of(Keys.STATE, NONE), state));
        finds(store, Kind.ORPHAN, db -> db.delete(Keys.account(inbox.account())));
        finds(store, Kind.USAGE, db -> db.delete(Keys.usage(inbox.account())));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.address("ann@example.org"), number));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.address("eve@example.org"), number));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.domain("example.org"), number));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.domain("example.com"), number));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.counter("accounts"), number));
        finds(store, Kind.ACCOUNT, db -> db.put(Keys.of(Keys.ADMINISTRATOR, inbox.account()), one));
        finds(store, Kind.COUNTERS, db -> db.delete(Keys.counter("mailbox")));
        finds(store, Kind.COUNTERS, db -> db.delete(Keys.uidValidity(validity)));
        finds(store, Kind.REFERENCES, db -> db.merge(Keys.blob(moved), one));
        finds(store, Kind.REFERENCES, db -> db.merge(Keys.blob(new BlobRef(3, 999, 0)), one));
        finds(store, Kind.BODY, db -> db.delete(Keys.moved(moved)));
        finds(store, Kind.FORWARDING, db -> db.put(Keys.moved(new BlobRef(2, 7, 0)), number));
        AccountId bob = new AccountId(2);
        finds(store, Kind.MAILBOX, db -> db.put(Keys.grant(inbox, bob), new byte[] {'r'}));
        finds(store, Kind.MAILBOX, db -> db.put(Keys.granted(bob, inbox), new byte[] {'r'}));
        finds(store, Kind.ORPHAN, db -> db.put(Keys.metadata(NONE, "/a"), new byte[] {1}));
        finds(store, Kind.ENTRY, db -> db.put(Keys.metadata(inbox, "/a"), new byte[] {5}));
        for (byte[] key : all) {
            if (key[0] == Keys.SPOOLED) finds(store, Kind.SPOOL, db -> db.delete(key));
            if (key[0] == Keys.DUE) finds(store, Kind.SPOOL, db -> db.delete(key));
            if (key[0] == Keys.SEGMENT) finds(store, Kind.SEGMENT, db -> db.delete(key));
        }
    }

    private static byte[] first(List<byte[]> keys, byte kind) {
        return keys.stream().filter(key -> key[0] == kind).findFirst().orElseThrow();
    }

    private static MailboxId inbox(List<byte[]> keys) {
        var in = new ByteReader(first(keys, Keys.STATE), 1);
        return new MailboxId(new AccountId(in.i64()), in.i64());
    }

    private static BlobRef blob(byte[] key) {
        return new BlobRef(new ByteReader(key, 1).i64(), Keys.last(key), 0);
    }

    private static void collect(RocksDB db, List<byte[]> keys) {
        try (var entries = db.newIterator()) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) keys.add(entries.key());
        }
    }

    static void injure(Path store, Injury injury) throws RocksDBException {
        try (var options = new EngineOptions(DamagedStore.SETTINGS);
                var db = RocksDB.open(options.options, store.resolve("meta").toString())) {
            injury.to(db);
        }
    }

    private void finds(Path store, Kind kind, Injury injury) throws Exception {
        Path copy = Copies.copy(store, Files.createTempDirectory(dir, "injured"));
        injure(copy, injury);
        var found = check(copy);
        assertTrue(found.stream().anyMatch(f -> f.kind() == kind), () -> kind + ": " + found);
    }

    @Test
    void aMissingSegmentIsNamedWithItsMessages() throws Exception {
        Path store = closedStore();
        List<Path> segments = Copies.segments(store);
        Path segment = segments.get(segments.size() - 2); // of messages that were moved
        Files.delete(segment);
        var found = check(store);
        var lost = EnumSet.of(Kind.BODY, Kind.SPOOL);
        assertTrue(found.stream().allMatch(f -> lost.contains(f.kind())), found::toString);
        String missing = "segments/" + segment.getFileName() + ": it is missing, with ";
        assertTrue(found.getFirst().toString().startsWith(missing), found::toString);
        assertTrue(found.size() > 5);
        assertTrue(found.get(1).where().contains(" in INBOX of "), found::toString);
    }

    @Test
    void aTailOfGarbageIsToldOfAndHarmless() throws Exception {
        Path store = closedStore();
        Path segment = Copies.segments(store).getLast();
        Files.write(segment, Mails.body(1, 500), StandardOpenOption.APPEND);
        var found = check(store);
        assertEquals(List.of(Kind.TORN_SEGMENT), found.stream().map(Finding::kind).toList());
        assertTrue(found.getFirst().harmless());
    }

    @Test
    void filesThatAreMissingAreNamed() throws Exception {
        Path store = closedStore();
        for (String name : List.of("meta/CURRENT", "FORMAT", "meta")) {
            Path copy = Copies.copy(store, dir.resolve("without " + name.replace('/', ' ')));
            Files.move(copy.resolve(name), dir.resolve("gone " + name.replace('/', ' ')));
            var found = check(copy);
            Optional<Finding> named =
                    found.stream().filter(f -> f.where().startsWith(name)).findFirst();
            assertTrue(named.isPresent(), () -> name + ": " + found);
        }
        var refusal = assertThrows(StoreException.class, () -> check(dir.resolve("nowhere")));
        assertEquals(Reason.MISSING, refusal.reason());
    }

    @Test
    void aMissingTableIsNamedAsTheStoreHasIt() throws Exception {
        Path store = closedStore();
        Path table = Copies.files(store.resolve("meta"), "*.sst").getLast();
        Files.delete(table);
        String found = check(store).toString();
        assertTrue(found.contains("meta/" + table.getFileName()), found);
        assertFalse(found.contains(System.getProperty("java.io.tmpdir")), found);
    }

    @Test
    void aDamagedMarkOfTheFormatIsNoOtherFormat() throws Exception {
        Path store = dir.resolve("store");
        RocksMailStore.open(store).close();
        Files.writeString(store.resolve("FORMAT"), "sobre-mall-store 3\n");
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.DAMAGED, refusal.reason());
        Files.writeString(store.resolve("FORMAT"), "sobre-mail-store 99\n");
        refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.REFUSED, refusal.reason());
    }

    @Test
    void aDirectoryThatCanNotBeWrittenIsChecked() throws Exception {
        Path store = closedStore();
        List<Path> all;
        try (var files = Files.walk(store)) {
            all = files.toList();
        }
        for (Path file : all) {
            boolean folder = Files.isDirectory(file);
            var mode = PosixFilePermissions.fromString(folder ? "r-xr-xr-x" : "r--r--r--");
            Files.setPosixFilePermissions(file, mode);
        }
        try {
            assertEquals(List.of(), check(store));
        } finally {
            var mode = PosixFilePermissions.fromString("rwxr-xr-x");
            for (Path file : all) Files.setPosixFilePermissions(file, mode);
        }
    }
}
