package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The changes of a commit, in RocksDB's own form of a batch. They are put together here, because a
 * native call for each change costs more than the change.
 *
 * <pre>
 * head:   sequence number 8 (RocksDB's to fill in), count 4, both little-endian
 * change: kind 1, key, value (none for a deletion; of a range the end); each with its length
 *         before it, as {@link ByteWriter#block} has it
 * </pre>
 */
final class Batch {

    private static final int HEAD = 12;
    private static final int COUNT_AT = 8;
    private static final int DELETE = 0x0;
    private static final int PUT = 0x1;
    private static final int MERGE = 0x2;
    private static final int DELETE_RANGE = 0xF;

    private final ByteWriter out = new ByteWriter(4096).raw(new byte[HEAD]);
    private int count;

    void put(byte[] key, byte[] value) {
        change(PUT, key).block(value);
    }

    /** Has RocksDB add to what is there. */
    void merge(byte[] key, byte[] value) {
        change(MERGE, key).block(value);
    }

    void delete(byte[] key) {
        change(DELETE, key);
    }

    /** Deletes every key from one to another, which is not included. */
    void deleteRange(byte[] from, byte[] to) {
        change(DELETE_RANGE, from).block(to);
    }

    private ByteWriter change(int kind, byte[] key) {
        count++;
        return out.u8(kind).block(key);
    }

    /** How many changes there are. */
    int count() {
        return count;
    }

    /** How many octets they take. */
    int octets() {
        return out.size();
    }

    /** All of it; nothing is to be added after. */
    byte[] done() {
        byte[] bytes = out.done();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(COUNT_AT, count);
        return bytes;
    }
}
