package dev.sobre.mail.rocksdb;

import dev.sobre.mail.IndexAssembly;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a mailbox as it is stored: rows, and beside them packed parts that are read faster.
 * A part says what the rows of 256 UIDs say, all of which were given out. Whoever changes such a
 * row deletes the part in the same commit, so there is none that lags behind.
 *
 * <pre>
 * version 1, up to which part 8 there is no message after this, packed messages, checksum 4 of the
 * key and all of this
 * </pre>
 */
final class SavedIndex {

    private static final Logger LOG = LoggerFactory.getLogger(SavedIndex.class);
    private static final int VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int BITS = 8; // of a UID, that count within a part

    private final Reads reads;
    private final MailboxId id;
    private final boolean packed;
    private final IndexAssembly index = new IndexAssembly();
    private long next; // the first UID that was not looked at
    private int lacking;
    private boolean used;

    private SavedIndex(Reads reads, MailboxId id, boolean packed) {
        this.reads = reads;
        this.id = id;
        this.packed = packed;
    }

    /**
     * An index that was read.
     *
     * @param lacking how many parts were read row by row though they could be packed
     */
    record Loaded(MailboxIndex index, int lacking) {}

    /** A stored part: the messages, and up to which part it speaks for. */
    record Part(ByteBuffer messages, long through) {}

    static long part(long uid) {
        return uid >>> BITS;
    }

    /** The first UID of a part. */
    static long first(long part) {
        return part << BITS;
    }

    /** Whether no message will come to a part any more. */
    static boolean isWhole(long part, long uidNext) {
        return first(part + 1) <= uidNext;
    }

    static byte[] key(MailboxId id, long part) {
        return Keys.of(Keys.INDEX, id, part);
    }

    /** The stored form of a part that is whole and has messages. */
    static byte[] encode(MailboxIndex index, MailboxId id, long part) {
        int after = index.find(first(part + 1));
        if (after < 0) after = -after - 1;
        long following = after < index.size() ? index.uid(after) : index.state().uidNext();
        byte[] messages = index.pack(first(part), first(part + 1) - 1);
        var out = new ByteWriter(HEAD + messages.length + 4).u8(VERSION);
        byte[] value = out.i64(part(following) - 1).raw(messages).i32(0).done();
        ByteBuffer.wrap(value).putInt(value.length - 4, sum(key(id, part), value));
        return value;
    }

    /** Reads a stored part; empty when it is damaged. */
    static Optional<Part> decode(byte[] key, byte[] value) {
        var in = ByteBuffer.wrap(value);
        if (value.length < HEAD + 4 || in.get() != VERSION) return Optional.empty();
        if (in.getInt(value.length - 4) != sum(key, value)) return Optional.empty();
        long through = in.getLong();
        return Optional.of(new Part(in.slice(HEAD, value.length - HEAD - 4), through));
    }

    private static int sum(byte[] key, byte[] value) {
        var crc = new CRC32C();
        crc.update(key);
        crc.update(value, 0, value.length - 4);
        return (int) crc.getValue();
    }

    /** Reads the index of a mailbox as it is at the moment of {@code now}. */
    static Loaded read(Reads now, MailboxId id, MailboxState state) {
        var quick = new SavedIndex(now, id, true);
        if (quick.isGood(state)) return quick.done(state);
        LOG.error("the packed index of {} is wrong: its rows are read", id);
        var slow = new SavedIndex(now, id, false);
        slow.read(state);
        return slow.done(state);
    }

    /** Reads it; says whether it may be right. */
    private boolean isGood(MailboxState state) {
        try {
            read(state);
            return !used || index.agreesWith(state);
        } catch (IllegalArgumentException | StoreException e) {
            LOG.debug("the packed index of {} can't be read", id, e);
            return false; // when the rows can't be read either, that is said then
        }
    }

    private Loaded done(MailboxState state) {
        return new Loaded(index.done(state), lacking);
    }

    private void read(MailboxState state) {
        if (packed) reads.scan(Keys.of(Keys.INDEX, id), this::take);
        long uidNext = state.uidNext();
        long[] last = {-1};
        reads.scan(
                Keys.of(Keys.ROW, id, next),
                Keys.after(Keys.of(Keys.ROW, id)),
                (key, value) -> {
                    row(key, value, last, uidNext);
                    return true;
                });
    }

    private boolean take(byte[] key, byte[] value) {
        long part = Keys.last(key);
        Optional<Part> found = decode(key, value);
        if (found.isEmpty() || found.get().through() < part) {
            LOG.warn("part {} of the packed index of {} is damaged: its rows are read", part, id);
            return true;
        }
        if (next < first(part)) rows(first(part));
        index.add(found.get().messages());
        used = true;
        next = first(found.get().through() + 1);
        return true;
    }

    /** Reads the rows up to a UID, which are all of whole parts. */
    private void rows(long end) {
        long[] last = {-1};
        reads.scan(
                Keys.of(Keys.ROW, id, next),
                Keys.of(Keys.ROW, id, end),
                (key, value) -> {
                    row(key, value, last, end);
                    return true;
                });
    }

    private void row(byte[] key, byte[] value, long[] last, long whole) {
        long uid = Keys.last(key);
        index.add(IndexRow.decode(uid, value));
        if (part(uid) != last[0] && isWhole(part(uid), whole)) lacking++;
        last[0] = part(uid);
    }

    /** Whether a stored part is what the index says. */
    static boolean isSaved(Reads reads, MailboxIndex index, MailboxId id, long part) {
        return reads.get(key(id, part))
                .filter(value -> Arrays.equals(value, encode(index, id, part)))
                .isPresent();
    }
}
