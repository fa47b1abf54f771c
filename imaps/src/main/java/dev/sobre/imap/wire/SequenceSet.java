package dev.sobre.imap.wire;

import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence-set (RFC 3501 §9): ranges of sequence numbers or UIDs, as the client wrote them; none
 * in {@link #SAVED}.
 */
public record SequenceSet(List<Range> ranges) {

    /** {@code $}: the messages that a search has saved (RFC 5182); only a session knows them. */
    public static final SequenceSet SAVED = new SequenceSet(List.of());

    /** Stands for {@code *}, the largest number in use. */
    public static final long STAR = 0;

    /** Two ends in any order; both included. */
    public record Range(long first, long last) {}

    public SequenceSet {
        ranges = List.copyOf(ranges);
    }

    public boolean isSaved() {
        return ranges.isEmpty();
    }

    /**
     * The numbers meant, where {@code *} is {@code largest}. Numbers and {@code *} may come in
     * either order; {@code 559:*} holds the largest even when that is below 559.
     */
    public UidSet resolve(long largest) {
        List<UidSet.Range> all = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            long first = range.first == STAR ? largest : range.first;
            long last = range.last == STAR ? largest : range.last;
            if (first == 0 || last == 0) continue; // "*" where there is nothing
            all.add(new UidSet.Range(Math.min(first, last), Math.max(first, last)));
        }
        return UidSet.ofRanges(all);
    }

    /** Whether {@code *} is in it. */
    public boolean hasStar() {
        return ranges.stream().anyMatch(range -> range.first == STAR || range.last == STAR);
    }

    /** Whether a number of the set is above {@code largest}, or it is {@code *} of nothing. */
    public boolean exceeds(long largest) {
        for (Range range : ranges) {
            if (Math.max(range.first, range.last) > largest) return true;
            if (largest == 0) return true;
        }
        return false;
    }
}
