package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of a commit's record in a segment, version 2: what the commit changes in the engine.
 * Numbers are big-endian, checksums CRC32C.
 *
 * <pre>
 * head:    "SCMT", secret of the segment 8, version 2, zeros 2, length of the changes 4, commit
 *          number 8, the commit before: segment 8, offset 8; group start 8; checksum of these 4
 * changes: a RocksDB write batch in its own form
 * tail:    checksum of the changes 4
 * </pre>
 *
 * The group's bodies lie between its start and the head, unless a segment ended among them. Records
 * of a commit that failed stay where they are: no later record names them as the one before.
 */
final class CommitFormat {

    static final int HEAD = 56;
    static final int TAIL = 4;
    static final int MAGIC = 0x53434D54; // SCMT

    private static final int VERSION = 2;

    private CommitFormat() {}

    /**
     * A head as it was read.
     *
     * @param length of the changes
     * @param groupStart where the first record of the commit's group starts in this segment
     */
    record Head(int length, long number, long beforeSegment, long beforeOffset, long groupStart) {

        long recordLength() {
            return recordLength(length);
        }

        static long recordLength(int changes) {
            return (long) HEAD + changes + TAIL;
        }
    }

    static ByteBuffer head(
            long secret, int length, long number, CommitPoint before, long groupStart) {
        var head = ByteBuffer.allocate(HEAD);
        head.putInt(MAGIC).putLong(secret).putShort((short) VERSION).putShort((short) 0);
        head.putInt(length);
        head.putLong(number).putLong(before.segment()).putLong(before.offset());
        head.putLong(groupStart);
        head.putInt(SegmentFormat.crc(head.array(), 0, HEAD - 4));
        return head.flip();
    }

    static ByteBuffer tail(byte[] changes) {
        return ByteBuffer.allocate(TAIL).putInt(0, SegmentFormat.crc(changes, 0, changes.length));
    }

    /** Reads a head from the first octets; empty when these are not one of the segment. */
    static Optional<Head> readHead(long secret, byte[] head) {
        if (head.length < HEAD) return Optional.empty();
        var in = ByteBuffer.wrap(head);
        if (in.getInt() != MAGIC || in.getLong() != secret) return Optional.empty();
        if (in.getInt(HEAD - 4) != SegmentFormat.crc(head, 0, HEAD - 4)) return Optional.empty();
        if (in.getShort() != VERSION) return Optional.empty();
        in.getShort();
        int length = in.getInt();
        var found = new Head(length, in.getLong(), in.getLong(), in.getLong(), in.getLong());
        return length < 0 ? Optional.empty() : Optional.of(found);
    }

    /** Whether these are the changes that a tail belongs to. */
    static boolean isTail(byte[] changes, byte[] tail) {
        return ByteBuffer.wrap(tail).getInt() == SegmentFormat.crc(changes, 0, changes.length);
    }
}
