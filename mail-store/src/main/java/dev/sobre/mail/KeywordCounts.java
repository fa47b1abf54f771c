package dev.sobre.mail;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many messages of a mailbox have each keyword. Immutable. */
final class KeywordCounts {

    static final KeywordCounts NONE = new KeywordCounts(new TreeMap<>());

    private final SortedMap<String, Integer> counts; // without regard to case

    private KeywordCounts(SortedMap<String, Integer> counts) {
        this.counts = counts;
    }

    /** The keywords that some message has, in the letter case that came first. */
    Set<String> keywords() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    /** What changes of flags do to the counts. */
    static final class Change {
        private final SortedMap<String, Integer> more =
                new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        void add(Flags flags) {
            for (String keyword : flags.keywords()) more.merge(keyword, 1, Integer::sum);
        }

        void take(Flags flags) {
            for (String keyword : flags.keywords()) more.merge(keyword, -1, Integer::sum);
        }
    }

    KeywordCounts after(Change change) {
        if (change.more.isEmpty()) return this;
        SortedMap<String, Integer> sums = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sums.putAll(counts);
        change.more.forEach((keyword, count) -> sums.merge(keyword, count, Integer::sum));
        sums.values().removeIf(count -> count <= 0);
        return new KeywordCounts(sums);
    }
}
