package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

class EngineOptionsTest {

    private final Random random = new Random(7);

    /** Before 9.2 RocksDB took the place of a deleted range for that of a key. */
    @Test
    void keysAndDeletedRangesOfOneMailboxAreNotMixedUp(@TempDir Path directory)
            throws RocksDBException {
        RocksDB.loadLibrary();
        var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        try (var ours = new EngineOptions(StoreSettings.small());
                var unlogged = new WriteOptions().setDisableWAL(true);
                var db = RocksDB.open(ours.options, directory.toString())) {
            for (int round = 0; round < 200; round++) {
                var batch = new Batch();
                for (int i = 0; i < 50; i++) change(batch, model);
                try (var changes = new WriteBatch(batch.done())) {
                    db.write(unlogged, changes);
                }
                requireSame(model, db);
            }
        }
    }

    private void change(Batch batch, NavigableMap<byte[], byte[]> model) {
        var mailbox = new MailboxId(new AccountId(1 + random.nextInt(3)), 1);
        int at = random.nextInt(100);
        byte[] key = Keys.of(Keys.ROW, mailbox, at);
        switch (random.nextInt(8)) {
            case 0 -> {
                byte[] end = Keys.of(Keys.ROW, mailbox, at + 1 + random.nextInt(20));
                batch.deleteRange(key, end);
                model.subMap(key, end).clear();
            }
            case 1 -> {
                batch.delete(key);
                model.remove(key);
            }
            default -> {
                byte[] value = new byte[1 + random.nextInt(100)];
                random.nextBytes(value);
                batch.put(key, value);
                model.put(key, value);
            }
        }
    }

    private static void requireSame(Map<byte[], byte[]> model, RocksDB db) {
        var expected = model.entrySet().iterator();
        try (var found = db.newIterator()) {
            for (found.seekToFirst(); found.isValid(); found.next()) {
                assertTrue(expected.hasNext(), "more is there than was put");
                var next = expected.next();
                assertEquals(0, Arrays.compare(next.getKey(), found.key()));
                assertEquals(0, Arrays.compare(next.getValue(), found.value()));
            }
        }
        assertTrue(!expected.hasNext(), "not all is there that was put");
    }

    /** It is given as a text, which nothing but RocksDB reads. */
    @Test
    void keysArePutInBesideTheLastOfTheirPrefix(@TempDir Path directory) throws Exception {
        RocksDB.loadLibrary();
        try (var ours = new EngineOptions(StoreSettings.small());
                var db = RocksDB.open(ours.options, directory.toString())) {
            assertEquals(0, db.getLatestSequenceNumber());
        }
        String line = "memtable_insert_with_hint_prefix_extractor=rocksdb.FixedPrefix.9";
        assertTrue(options(directory).contains(line), "RocksDB did not take it");
    }

    private static String options(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "OPTIONS-*")) {
            return Files.readString(files.iterator().next(), StandardCharsets.UTF_8);
        }
    }
}
