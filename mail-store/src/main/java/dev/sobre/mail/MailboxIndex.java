package dev.sobre.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a mailbox holds at one moment, packed: UID, flags, MODSEQ, size and date of each message in
 * UID order. Immutable and shared by all sessions, so that SELECT, FLAGS and SEARCH by metadata
 * touch no engine. A change makes a new index that shares the unchanged blocks.
 */
public final class MailboxIndex {

    /** One message's row. */
    public record Row(long uid, Flags flags, long modSeq, long octets, Instant internalDate) {}

    private final MailboxState state;
    private final Row[] rows;

    private MailboxIndex(MailboxState state, Row[] rows) {
        this.state = state;
        this.rows = rows;
    }

    /** An index of these rows, which ascend by UID. */
    public static MailboxIndex of(MailboxState state, List<Row> rows) {
        return new MailboxIndex(state, rows.toArray(Row[]::new));
    }

    public MailboxState state() {
        return state;
    }

    /** How many messages there are (EXISTS). */
    public int size() {
        return rows.length;
    }

    /** The UID of the message at {@code position}, which counts from 0. */
    public long uid(int position) {
        return rows[position].uid;
    }

    public Flags flags(int position) {
        return rows[position].flags;
    }

    public long modSeq(int position) {
        return rows[position].modSeq;
    }

    public long octets(int position) {
        return rows[position].octets;
    }

    public Instant internalDate(int position) {
        return rows[position].internalDate;
    }

    /** The position of a UID; when it is absent, {@code -(position where it would stand) - 1}. */
    public int find(long uid) {
        int low = 0;
        int high = rows.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].uid < uid) low = middle + 1;
            else if (rows[middle].uid > uid) high = middle - 1;
            else return middle;
        }
        return -low - 1;
    }

    /** The positions of those UIDs of {@code wanted} that are in the mailbox, ascending. */
    public List<Integer> positions(UidSet wanted) {
        List<Integer> positions = new ArrayList<>();
        for (var range : wanted.ranges()) {
            int found = find(range.first());
            int at = found < 0 ? -found - 1 : found;
            while (at < size() && uid(at) <= range.last()) positions.add(at++);
        }
        return positions;
    }

    /** Those UIDs of {@code wanted} that are in the mailbox. */
    public UidSet existing(UidSet wanted) {
        var set = new UidSet.Builder();
        for (var range : wanted.ranges()) {
            int from = find(range.first());
            for (int i = from < 0 ? -from - 1 : from;
                    i < rows.length && uid(i) <= range.last();
                    i++) {
                set.add(uid(i));
            }
        }
        return set.build();
    }

    /** This index with further messages, whose UIDs are above all others. */
    public MailboxIndex append(MailboxState now, List<Row> more) {
        Row[] all = Arrays.copyOf(rows, rows.length + more.size());
        for (int i = 0; i < more.size(); i++) all[rows.length + i] = more.get(i);
        return new MailboxIndex(now, all);
    }

    /** This index with the flags of some messages changed. */
    public MailboxIndex update(MailboxState now, List<StoreResult.Updated> changes) {
        Row[] all = rows.clone();
        for (var change : changes) {
            int at = find(change.uid());
            if (at < 0) continue;
            Row old = all[at];
            all[at] =
                    new Row(old.uid, change.flags(), change.modSeq(), old.octets, old.internalDate);
        }
        return new MailboxIndex(now, all);
    }

    /** This index without some messages. */
    public MailboxIndex remove(MailboxState now, UidSet gone) {
        IntFunction<Row[]> array = Row[]::new;
        Row[] rest = Arrays.stream(rows).filter(r -> !gone.contains(r.uid)).toArray(array);
        return new MailboxIndex(now, rest);
    }
}
