package dev.sobre.mail;

import dev.sobre.mail.MailboxIndex.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 256 neighbouring messages of a {@link MailboxIndex}, in columns: 36 octets each where
 * object references take four. Columns that a change does not touch are shared with the block
 * before it.
 */
final class IndexBlock {

    static final int MOST = 256;

    private final int[] uids; // unsigned
    private final Flags[] flags;
    private final long[] modSeqs;
    private final long[] octets;
    private final long[] dates; // milliseconds
    private final int[] saved; // seconds, unsigned
    private long highestModSeq; // or more

    IndexBlock(
            int[] uids, Flags[] flags, long[] modSeqs, long[] octets, long[] dates, int[] saved) {
        this.uids = uids;
        this.flags = flags;
        this.modSeqs = modSeqs;
        this.octets = octets;
        this.dates = dates;
        this.saved = saved;
        for (long modSeq : modSeqs) highestModSeq = Math.max(highestModSeq, modSeq);
    }

    static IndexBlock of(List<Row> rows, FlagPool pool) {
        return empty().append(rows, pool);
    }

    private static IndexBlock empty() {
        return new IndexBlock(
                new int[0], new Flags[0], new long[0], new long[0], new long[0], new int[0]);
    }

    int size() {
        return uids.length;
    }

    long uid(int at) {
        return Integer.toUnsignedLong(uids[at]);
    }

    Flags flags(int at) {
        return flags[at];
    }

    long modSeq(int at) {
        return modSeqs[at];
    }

    long octets(int at) {
        return octets[at];
    }

    Instant date(int at) {
        return Instant.ofEpochMilli(dates[at]);
    }

    Instant saved(int at) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(saved[at]));
    }

    long first() {
        return uid(0);
    }

    long last() {
        return uid(uids.length - 1);
    }

    /** No message here has a higher MODSEQ. */
    long highestModSeq() {
        return highestModSeq;
    }

    /** As {@link Arrays#binarySearch(int[], int)}, with UIDs unsigned. */
    int find(long uid) {
        int low = 0;
        int high = uids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = uid(middle);
            if (there < uid) low = middle + 1;
            else if (there > uid) high = middle - 1;
            else return middle;
        }
        return -low - 1;
    }

    /** The first place from one on whose UID is not below the one given, which is not above all. */
    int seek(long uid, int from) {
        int low = from - 1; // is below it, as far as we look
        int step = 1;
        while (low + step < size() && uid(low + step) < uid) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, size() - 1); // is not
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (uid(middle) < uid) low = middle;
            else high = middle;
        }
        return high;
    }

    IndexBlock append(List<Row> rows, FlagPool pool) {
        int size = size();
        IndexBlock all = resized(size + rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            all.uids[size + i] = (int) row.uid();
            all.octets[size + i] = row.octets();
            all.dates[size + i] = row.internalDate().toEpochMilli();
            all.saved[size + i] = (int) row.savedDate().getEpochSecond();
            all.set(size + i, pool.one(row.flags()), row.modSeq());
        }
        return all;
    }

    /** A block whose flags may be {@link #set} until it is published. */
    IndexBlock toBeChanged() {
        return new IndexBlock(uids, flags.clone(), modSeqs.clone(), octets, dates, saved);
    }

    void set(int at, Flags to, long modSeq) {
        flags[at] = to;
        modSeqs[at] = modSeq;
        highestModSeq = Math.max(highestModSeq, modSeq);
    }

    /** This block without the UIDs of a set. */
    IndexBlock without(UidSet gone) {
        IndexBlock rest = resized(size());
        int kept = 0;
        for (int at = 0; at < size(); at++) {
            if (!gone.contains(uid(at))) rest.copy(kept++, this, at);
        }
        return rest.resized(kept);
    }

    IndexBlock plus(IndexBlock next) {
        IndexBlock both = resized(size() + next.size());
        for (int at = 0; at < next.size(); at++) both.copy(size() + at, next, at);
        return both;
    }

    private IndexBlock resized(int size) {
        return new IndexBlock(
                Arrays.copyOf(uids, size),
                Arrays.copyOf(flags, size),
                Arrays.copyOf(modSeqs, size),
                Arrays.copyOf(octets, size),
                Arrays.copyOf(dates, size),
                Arrays.copyOf(saved, size));
    }

    private void copy(int to, IndexBlock from, int at) {
        uids[to] = from.uids[at];
        octets[to] = from.octets[at];
        dates[to] = from.dates[at];
        saved[to] = from.saved[at];
        set(to, from.flags[at], from.modSeqs[at]);
    }
}
