package dev.sobre.mail.rocksdb;

import java.util.Optional;

/**
 * A commit by its number, which counts from 1, and the place of its record.
 *
 * @param segment the segment in which its record lies
 * @param offset where the record starts there
 */
record CommitPoint(long number, long segment, long offset) {

    /** What comes before the first commit. */
    static final CommitPoint NONE = new CommitPoint(0, 0, 0);

    /** The key under which the engine has the last commit that it knows. */
    static final byte[] KEY = Keys.counter("commit");

    boolean isAt(long segment, long offset) {
        return this.segment == segment && this.offset == offset;
    }

    byte[] encode() {
        return new ByteWriter(24).i64(number).i64(segment).i64(offset).done();
    }

    static CommitPoint decode(Optional<byte[]> value) {
        if (value.isEmpty()) return NONE;
        var in = new ByteReader(value.get());
        return new CommitPoint(in.i64(), in.i64(), in.i64());
    }
}
