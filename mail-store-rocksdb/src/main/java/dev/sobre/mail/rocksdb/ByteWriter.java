package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a key or a value: big-endian numbers, counted strings, variable-length counts. */
final class ByteWriter {

    private byte[] bytes;
    private int size;

    ByteWriter() {
        this(64);
    }

    ByteWriter(int expected) {
        bytes = new byte[expected];
    }

    ByteWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter i32(int value) {
        room(4);
        ByteBuffer.wrap(bytes).putInt(size, value);
        size += 4;
        return this;
    }

    ByteWriter i64(long value) {
        room(8);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += 8;
        return this;
    }

    /** A number that is not negative, seven bits to the octet, least significant first. */
    ByteWriter count(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    ByteWriter text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Octets with their count before them. */
    ByteWriter block(byte[] value) {
        count(value.length);
        return raw(value);
    }

    ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** How many octets there are so far. */
    int size() {
        return size;
    }

    byte[] done() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
