package dev.sobre.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A set of UIDs, kept as ascending ranges that neither overlap nor touch. Immutable. */
public final class UidSet {

    /** The highest UID there can be (RFC 9051 §2.3.1.1: a nonzero unsigned 32-bit value). */
    public static final long HIGHEST = 0xFFFF_FFFFL;

    /** From the first to the last UID of a range, both included. */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first || last > HIGHEST) {
                throw new IllegalArgumentException("not a UID range: " + first + ":" + last);
            }
        }
    }

    public static final UidSet NONE = new UidSet(List.of());
    public static final UidSet ALL = new UidSet(List.of(new Range(1, HIGHEST)));

    private final List<Range> ranges;

    private UidSet(List<Range> ranges) {
        this.ranges = ranges;
    }

    public static UidSet of(long... uids) {
        long[] sorted = uids.clone();
        Arrays.sort(sorted);
        var set = new Builder();
        for (long uid : sorted) set.add(uid, uid);
        return set.build();
    }

    public static UidSet of(Collection<Long> uids) {
        return of(uids.stream().mapToLong(Long::longValue).toArray());
    }

    public static UidSet range(long first, long last) {
        return new UidSet(List.of(new Range(first, last)));
    }

    /** The union of ranges in any order. */
    public static UidSet ofRanges(Collection<Range> ranges) {
        var set = new Builder();
        ranges.stream()
                .sorted((a, b) -> Long.compare(a.first, b.first))
                .forEach(r -> set.add(r.first, r.last));
        return set.build();
    }

    public List<Range> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many UIDs the set holds. */
    public long count() {
        long count = 0;
        for (Range r : ranges) count += r.last - r.first + 1;
        return count;
    }

    public boolean contains(long uid) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range r = ranges.get(middle);
            if (uid < r.first) high = middle - 1;
            else if (uid > r.last) low = middle + 1;
            else return true;
        }
        return false;
    }

    public UidSet plus(UidSet other) {
        if (isEmpty()) return other;
        if (other.isEmpty()) return this;
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return ofRanges(both);
    }

    public UidSet intersect(UidSet other) {
        List<Range> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range a = ranges.get(i);
            Range b = other.ranges.get(j);
            long first = Math.max(a.first, b.first);
            long last = Math.min(a.last, b.last);
            if (first <= last) common.add(new Range(first, last));
            if (a.last < b.last) i++;
            else j++;
        }
        return common.isEmpty() ? NONE : new UidSet(List.copyOf(common));
    }

    /** What is in this set and not in the other. */
    public UidSet minus(UidSet other) {
        if (isEmpty() || other.isEmpty()) return this;
        List<Range> gaps = new ArrayList<>();
        long from = 1;
        for (Range r : other.ranges) {
            if (r.first > from) gaps.add(new Range(from, r.first - 1));
            from = r.last + 1;
        }
        if (from <= HIGHEST) gaps.add(new Range(from, HIGHEST));
        return intersect(new UidSet(gaps));
    }

    /** What of this set is below a UID. */
    public UidSet below(long uid) {
        return uid <= 1 ? NONE : intersect(range(1, uid - 1));
    }

    /** The highest UIDs of this set, so many at most. */
    public UidSet highest(long count) {
        List<Range> descending = new ArrayList<>();
        long left = count;
        for (Range r : ranges.reversed()) {
            if (left <= 0) break;
            long first = Math.max(r.first, r.last - left + 1);
            descending.add(new Range(first, r.last));
            left -= r.last - first + 1;
        }
        return descending.isEmpty() ? NONE : new UidSet(List.copyOf(descending.reversed()));
    }

    /**
     * Every UID, ascending. A set from a client can hold four thousand million: intersect first.
     */
    public LongStream stream() {
        return ranges.stream().flatMapToLong(r -> LongStream.rangeClosed(r.first, r.last));
    }

    /** Every UID, ascending; takes no memory for them, whatever the set holds. */
    public PrimitiveIterator.OfLong iterator() {
        return new Uids();
    }

    /** Walks from range to range. (The iterator of a stream would first collect a whole range.) */
    private final class Uids implements PrimitiveIterator.OfLong {
        private int range;
        private long next = ranges.isEmpty() ? 0 : ranges.getFirst().first;

        @Override
        public boolean hasNext() {
            return range < ranges.size();
        }

        @Override
        public long nextLong() {
            if (!hasNext()) throw new NoSuchElementException();
            long uid = next++;
            if (uid == ranges.get(range).last && ++range < ranges.size()) {
                next = ranges.get(range).first;
            }
            return uid;
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof UidSet s && s.ranges.equals(ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** The set as IMAP writes it: {@code 1:4,7}; empty for the empty set. */
    @Override
    public String toString() {
        return ranges.stream()
                .map(r -> r.first == r.last ? "" + r.first : r.first + ":" + r.last)
                .collect(Collectors.joining(","));
    }

    /** Collects ascending UIDs. */
    public static final class Builder {
        private final List<Range> ranges = new ArrayList<>();
        private long first;
        private long last;

        /** Adds a range that does not start before the one added last. */
        public Builder add(long from, long to) {
            if (last == 0) {
                first = from;
                last = to;
            } else if (from <= last + 1) {
                last = Math.max(last, to);
            } else {
                ranges.add(new Range(first, last));
                first = from;
                last = to;
            }
            return this;
        }

        public Builder add(long uid) {
            return add(uid, uid);
        }

        public UidSet build() {
            if (last == 0) return NONE;
            List<Range> all = new ArrayList<>(ranges);
            all.add(new Range(first, last));
            return new UidSet(List.copyOf(all));
        }
    }
}
