package dev.sobre.imap;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.Loosening;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.Waiter;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * How well messages match what need not match exactly: 100 for all that was asked for, 1 for the
 * loosest, of several keys the mean. RFC 6203 §4.
 *
 * @param sums by positions in the mailbox, of the scores for each key
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Relevancy(MailboxIndex now, int[] sums, int keys) implements LongToIntFunction {

    /** Where nobody asks. */
    static final LongToIntFunction EQUAL = uid -> 100;

    /**
     * Rates the messages that were found.
     *
     * @param keys those that need not match exactly
     */
    static Relevancy of(
            List<SearchKey> keys,
            MailboxId mailbox,
            MailboxIndex now,
            UidSet found,
            Search search,
            Waiter waiter) {
        int[] sums = new int[now.size()];
        for (SearchKey key : keys) {
            var steps = Loosening.steps(key);
            UidSet left = found;
            for (int i = 0; i < steps.size() && !left.isEmpty(); i++) {
                UidSet matching = search.find(mailbox, now, left, steps.get(i), waiter);
                int score = 100 - 99 * i / Math.max(1, steps.size() - 1);
                for (var at = now.positions(matching); at.hasNext(); ) sums[at.nextInt()] += score;
                left = left.minus(matching);
            }
        }
        return new Relevancy(now, sums, keys.size());
    }

    @Override
    public int applyAsInt(long uid) {
        int at = now.find(uid);
        return at < 0 ? 1 : Math.max(1, sums[at] / keys);
    }
}
