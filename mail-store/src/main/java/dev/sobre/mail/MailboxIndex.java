package dev.sobre.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.Set;

/**
 * What a mailbox holds at one moment, packed: UID, flags, MODSEQ, size and dates of each message in
 * UID order. Immutable and shared by all sessions, so that SELECT, FLAGS and SEARCH by metadata
 * touch no engine. A change makes a new index that shares the unchanged blocks. Internal dates are
 * kept to the millisecond, saved dates to the second, from 1970 to 2106.
 */
public final class MailboxIndex {

    /** One message's row. */
    public record Row(
            long uid,
            Flags flags,
            long modSeq,
            long octets,
            Instant internalDate,
            Instant savedDate) {}

    private final MailboxState state;
    private final FlagPool pool;
    private final KeywordCounts keywords;
    private final IndexBlock[] blocks; // none is empty; two neighbours do not fit into one
    private final int[] ends; // how many messages there are up to the end of each block

    private MailboxIndex(
            MailboxState state,
            FlagPool pool,
            KeywordCounts keywords,
            IndexBlock[] blocks,
            int[] ends) {
        this.state = state;
        this.pool = pool;
        this.keywords = keywords;
        this.blocks = blocks;
        this.ends = ends;
    }

    MailboxIndex(
            MailboxState state, FlagPool pool, KeywordCounts keywords, List<IndexBlock> blocks) {
        this(state, pool, keywords, blocks.toArray(IndexBlock[]::new), new int[blocks.size()]);
        int end = 0;
        for (int i = 0; i < ends.length; i++) ends[i] = end += this.blocks[i].size();
    }

    /** An index of these rows, which ascend by UID. */
    public static MailboxIndex of(MailboxState state, List<Row> rows) {
        return new MailboxIndex(state, new FlagPool(), KeywordCounts.NONE, List.of())
                .append(state, rows);
    }

    public MailboxState state() {
        return state;
    }

    /** The keywords that some message has, without regard to case; no message is looked at. */
    public Set<String> keywords() {
        return keywords.keywords();
    }

    /** How many messages there are (EXISTS). */
    public int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** The UID of the message at {@code position}, which counts from 0. */
    public long uid(int position) {
        int b = block(position);
        return blocks[b].uid(position - start(b));
    }

    public Flags flags(int position) {
        int b = block(position);
        return blocks[b].flags(position - start(b));
    }

    public long modSeq(int position) {
        int b = block(position);
        return blocks[b].modSeq(position - start(b));
    }

    public long octets(int position) {
        int b = block(position);
        return blocks[b].octets(position - start(b));
    }

    public Instant internalDate(int position) {
        int b = block(position);
        return blocks[b].date(position - start(b));
    }

    /** When a message came into this mailbox (RFC 8514). */
    public Instant savedDate(int position) {
        int b = block(position);
        return blocks[b].saved(position - start(b));
    }

    /** The position of a UID; when it is absent, {@code -(position where it would stand) - 1}. */
    public int find(long uid) {
        int b = blockOf(uid);
        if (b == blocks.length) return -size() - 1;
        int at = blocks[b].find(uid);
        return at >= 0 ? start(b) + at : at - start(b);
    }

    /** The positions of those UIDs of {@code wanted} that are in the mailbox, ascending. */
    public PrimitiveIterator.OfInt positions(UidSet wanted) {
        return new Positions(wanted);
    }

    /**
     * How many UIDs of {@code wanted} are in the mailbox; looks at each range, not each message.
     */
    public int count(UidSet wanted) {
        int count = 0;
        var walk = new Walk();
        for (var range : wanted.ranges()) {
            int from = walk.seek(range.first());
            count += walk.end(range) - from;
        }
        return count;
    }

    /** Those UIDs of {@code wanted} that are in the mailbox. */
    public UidSet existing(UidSet wanted) {
        var set = new UidSet.Builder();
        var walk = new Walk();
        for (var range : wanted.ranges()) {
            int from = walk.seek(range.first());
            add(set, from, walk.end(range));
        }
        return set.build();
    }

    /** Adds the UIDs from one position up to another: at once where none is missing among them. */
    private void add(UidSet.Builder set, int from, int to) {
        if (from >= to) return;
        long first = uid(from);
        long last = uid(to - 1);
        if (last - first == to - 1 - from) {
            set.add(first, last);
        } else {
            int middle = (from + to) >>> 1;
            add(set, from, middle);
            add(set, middle, to);
        }
    }

    /** At most so many are {@link #changedSince} a MODSEQ; this looks at no single message. */
    public int mostChangedSince(long modSeq) {
        int most = 0;
        for (var block : blocks) if (block.highestModSeq() > modSeq) most += block.size();
        return most;
    }

    /** The messages that are new or have other flags since a MODSEQ, in UID order. */
    public List<StoreResult.Updated> changedSince(long modSeq) {
        List<StoreResult.Updated> changed = new ArrayList<>();
        for (var block : blocks) {
            if (block.highestModSeq() <= modSeq) continue;
            for (int at = 0; at < block.size(); at++) {
                if (block.modSeq(at) <= modSeq) continue;
                changed.add(
                        new StoreResult.Updated(block.uid(at), block.flags(at), block.modSeq(at)));
            }
        }
        return changed;
    }

    /** This index with further messages, whose UIDs are above all others. */
    public MailboxIndex append(MailboxState now, List<Row> more) {
        long uid = blocks.length == 0 ? 0 : blocks[blocks.length - 1].last();
        for (Row row : more) {
            if (row.uid <= uid) throw new IllegalArgumentException("UID " + row.uid + " too late");
            uid = row.uid;
        }
        List<IndexBlock> all = new ArrayList<>(List.of(blocks));
        int taken = 0;
        if (!all.isEmpty() && !more.isEmpty()) {
            IndexBlock last = all.removeLast();
            taken = Math.min(IndexBlock.MOST - last.size(), more.size());
            all.add(taken == 0 ? last : last.append(more.subList(0, taken), pool));
        }
        for (int from = taken; from < more.size(); from += IndexBlock.MOST) {
            int to = Math.min(from + IndexBlock.MOST, more.size());
            all.add(IndexBlock.of(more.subList(from, to), pool));
        }
        var change = new KeywordCounts.Change();
        for (Row row : more) change.add(row.flags());
        return new MailboxIndex(now, pool, keywords.after(change), all);
    }

    /** This index with the flags of some messages changed. */
    public MailboxIndex update(MailboxState now, List<StoreResult.Updated> changes) {
        IndexBlock[] changed = blocks.clone();
        var words = new KeywordCounts.Change();
        for (var change : changes) {
            int b = blockOf(change.uid());
            int at = b == blocks.length ? -1 : blocks[b].find(change.uid());
            if (at < 0) continue;
            if (changed[b] == blocks[b]) changed[b] = blocks[b].toBeChanged();
            words.take(changed[b].flags(at));
            words.add(change.flags());
            changed[b].set(at, pool.one(change.flags()), change.modSeq());
        }
        return new MailboxIndex(now, pool, keywords.after(words), changed, ends);
    }

    /** This index without some messages. */
    public MailboxIndex remove(MailboxState now, UidSet gone) {
        List<IndexBlock> rest = new ArrayList<>();
        List<UidSet.Range> ranges = gone.ranges();
        int range = 0;
        for (var block : blocks) {
            while (range < ranges.size() && ranges.get(range).last() < block.first()) range++;
            boolean hit = range < ranges.size() && ranges.get(range).first() <= block.last();
            add(rest, hit ? block.without(gone) : block);
        }
        var change = new KeywordCounts.Change();
        for (var at = positions(gone); at.hasNext(); ) change.take(flags(at.nextInt()));
        return new MailboxIndex(now, pool, keywords.after(change), rest);
    }

    static void add(List<IndexBlock> blocks, IndexBlock next) {
        if (next.size() == 0) return;
        boolean fits =
                !blocks.isEmpty() && blocks.getLast().size() + next.size() <= IndexBlock.MOST;
        blocks.add(fits ? blocks.removeLast().plus(next) : next);
    }

    /**
     * The messages from one UID to another, included, at most 256, in a form in which a backend may
     * keep them; equal messages give equal octets. {@link IndexAssembly} reads it.
     */
    public byte[] pack(long first, long last) {
        var walk = new Walk();
        return PackedMessages.pack(this, walk.seek(first), walk.seek(last + 1));
    }

    private int start(int block) {
        return block == 0 ? 0 : ends[block - 1];
    }

    /** The block that holds a position. */
    private int block(int position) {
        if (position < 0 || position >= size()) throw new IndexOutOfBoundsException(position);
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > position) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /** The first block that does not end before a UID. */
    private int blockOf(long uid) {
        return blockOf(uid, 0);
    }

    private int blockOf(long uid, int from) {
        int low = from;
        int high = blocks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks[middle].last() >= uid) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /** Goes to UIDs that ascend; a short way costs little. */
    private final class Walk {
        private int block;
        private int offset;

        /** The position of the first message whose UID is not below one. */
        int seek(long uid) {
            if (block < blocks.length && blocks[block].last() < uid) {
                block = blockOf(uid, block + 1);
                offset = 0;
            }
            if (block == blocks.length) return size();
            offset = blocks[block].seek(uid, offset);
            return start(block) + offset;
        }

        /** The position behind a range to whose beginning this went. */
        int end(UidSet.Range range) {
            if (range.last() == UidSet.HIGHEST) return size();
            if (range.first() < range.last()) return seek(range.last() + 1);
            if (block == blocks.length) return size();
            boolean there = blocks[block].uid(offset) == range.first();
            return start(block) + offset + (there ? 1 : 0);
        }
    }

    /** Walks over the positions of a set, range by range. */
    private final class Positions implements PrimitiveIterator.OfInt {
        private final UidSet wanted;
        private final Walk walk = new Walk();
        private int range = -1;
        private int next;
        private int end;

        Positions(UidSet wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean hasNext() {
            while (next >= end && range + 1 < wanted.ranges().size()) {
                var r = wanted.ranges().get(++range);
                next = walk.seek(r.first());
                end = walk.end(r);
            }
            return next < end;
        }

        @Override
        public int nextInt() {
            if (!hasNext()) throw new NoSuchElementException();
            return next++;
        }
    }
}
