package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class BatchTest {

    /** The octets go into segments and to RocksDB as they are. */
    @Test
    void itIsWhatRocksDbItselfWouldMake() throws RocksDBException {
        RocksDB.loadLibrary();
        byte[] key = {'k', 0, 1};
        byte[] end = {'k', 0, 2};
        byte[] none = {};
        byte[] value = new byte[300]; // its length takes two octets
        value[299] = 7;
        var ours = new Batch();
        ours.put(key, value);
        ours.put(key, none);
        ours.merge(end, value);
        ours.delete(key);
        ours.deleteRange(key, end);
        try (var theirs = new WriteBatch()) {
            theirs.put(key, value);
            theirs.put(key, none);
            theirs.merge(end, value);
            theirs.delete(key);
            theirs.deleteRange(key, end);
            assertEquals(theirs.count(), ours.count());
            assertEquals(theirs.getDataSize(), ours.octets());
            assertArrayEquals(theirs.data(), ours.done());
        }
    }
}
