package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote; anything else is damage. */
final class ByteReader {

    private final ByteBuffer bytes;

    ByteReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    ByteReader(byte[] bytes, int from) {
        this.bytes = ByteBuffer.wrap(bytes, from, bytes.length - from);
    }

    /** Reads the version that every value starts with. */
    ByteReader version(int known) {
        int version = u8();
        if (version != known) throw damaged("a record of unknown version " + version);
        return this;
    }

    int u8() {
        try {
            return bytes.get() & 0xFF;
        } catch (BufferUnderflowException e) {
            throw damaged("a record that ends too early");
        }
    }

    int i32() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw damaged("a record that ends too early");
        }
    }

    long i64() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw damaged("a record that ends too early");
        }
    }

    long count() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = u8();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) return value;
        }
        throw damaged("a number that does not end");
    }

    /** A count of things of which each takes an octet at least. */
    int size() {
        long size = count();
        if (size < 0 || size > bytes.remaining()) throw damaged("a count that can't be");
        return (int) size;
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    byte[] block() {
        byte[] block = new byte[size()];
        bytes.get(block);
        return block;
    }

    /** What has not been read. */
    ByteBuffer rest() {
        return bytes.slice();
    }

    static StoreException damaged(String what) {
        return new StoreException(Reason.DAMAGED, "the store holds " + what);
    }
}
