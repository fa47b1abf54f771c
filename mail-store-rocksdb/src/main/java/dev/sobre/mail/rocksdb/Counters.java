package dev.sobre.mail.rocksdb;

import java.time.Instant;
import java.util.Optional;

/** Store-wide numbers that are given once, within any commit. */
final class Counters {

    private static final byte[] ACCOUNT = Keys.counter("account");
    private static final byte[] MAILBOX = Keys.counter("mailbox");
    private static final int MAILBOXES_A_SECOND = 16; // bits
    private static final byte[] UID_VALIDITY = Keys.counter("uidvalidity");

    private static final byte[] SEGMENT = Keys.counter("segment");

    private Counters() {}

    static long nextAccount(Group group) {
        return next(group, ACCOUNT, 1);
    }

    static long nextMailbox(Group group) {
        // Higher than those of a store that stood here, too: clients know mailboxes by it.
        return next(group, MAILBOX, Instant.now().getEpochSecond() << MAILBOXES_A_SECOND);
    }

    /**
     * Higher than every one before, also than those of a store that stood here (RFC 9051 §2.3.1.1).
     */
    static long nextUidValidity(Group group) {
        long fresh;
        do {
            fresh = next(group, UID_VALIDITY, Instant.now().getEpochSecond()) & 0xFFFF_FFFFL;
        } while (!useUidValidity(group, fresh));
        return fresh;
    }

    /** Has the next UIDVALIDITY be so much higher than this one, and than the clock. */
    static void leapUidValidity(Group group, long highest, long leap) {
        long last = group.get(UID_VALIDITY).map(v -> new ByteReader(v).i64()).orElse(0L);
        long now = Math.max(Instant.now().getEpochSecond(), Math.max(highest, last));
        group.put(UID_VALIDITY, new ByteWriter(8).i64(now + leap).done());
    }

    /** Notes that a UIDVALIDITY is used; false when it was before. */
    static boolean useUidValidity(Group group, long uidValidity) {
        byte[] key = Keys.uidValidity(uidValidity);
        if (group.get(key).isPresent()) return false;
        group.put(key, new byte[0]);
        return true;
    }

    /** The highest number of a kind that was given out. */
    static long last(Reads reads, String kind) {
        return reads.get(Keys.counter(kind)).map(v -> new ByteReader(v).i64()).orElse(0L);
    }

    /** A number in the form in which RocksDB adds to it. */
    static byte[] encode(long number) {
        return new ByteWriter(8).i64(Long.reverseBytes(number)).done();
    }

    /** A number that RocksDB keeps; 0 when it was never added to. */
    static long decode(Optional<byte[]> value) {
        return value.map(v -> Long.reverseBytes(new ByteReader(v).i64())).orElse(0L);
    }

    /** The highest segment number that was given out when a segment was last retired. */
    static long lastSegment(Reads reads) {
        return reads.get(SEGMENT).map(value -> new ByteReader(value).i64()).orElse(0L);
    }

    static void setLastSegment(Group group, long number) {
        group.put(SEGMENT, new ByteWriter(8).i64(number).done());
    }

    private static long next(Group group, byte[] key, long least) {
        long last = group.get(key).map(value -> new ByteReader(value).i64()).orElse(0L);
        long next = Math.max(last + 1, least);
        group.put(key, new ByteWriter(8).i64(next).done());
        return next;
    }
}
