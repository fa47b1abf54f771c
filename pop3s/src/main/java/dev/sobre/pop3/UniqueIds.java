package dev.sobre.pop3;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The unique ids of a maildrop's messages (RFC 1939 §7): what RFC 8474 calls their email ids, so
 * that they stay when a store is restored and UIDs are given anew. The second copy of a message has
 * {@code .2} behind it. Sixteen octets a message.
 */
final class UniqueIds {

    private final MailboxIndex index;
    private final long[] high;
    private final long[] low;
    private final Map<Integer, Integer> copies = new HashMap<>(); // by position, from 2 on

    private UniqueIds(MailboxIndex index) {
        this.index = index;
        this.high = new long[index.size()];
        this.low = new long[index.size()];
    }

    /** Reads them in one pass over an index. */
    static UniqueIds read(MailStore store, MailboxId mailbox, MailboxIndex index) {
        var ids = new UniqueIds(index);
        try (var all = store.ids(mailbox, UidSet.ALL)) {
            for (var m = all.next(); m.isPresent(); m = all.next()) {
                int position = index.find(m.get().uid());
                if (position >= 0) ids.set(position, m.get().email());
            }
        }
        ids.countCopies();
        return ids;
    }

    String of(int position) {
        if (isMissing(position)) {
            // It went before it was looked at; RETR will say so.
            return index.state().uidValidity() + "." + index.uid(position);
        }
        String text = id(position).text();
        Integer copy = copies.get(position);
        return copy == null ? text : text + "." + copy;
    }

    private void set(int position, EmailId id) {
        high[position] = id.high();
        low[position] = id.low();
    }

    private EmailId id(int position) {
        return new EmailId(high[position], low[position]);
    }

    private boolean isMissing(int position) {
        return high[position] == 0 && low[position] == 0;
    }

    private void countCopies() {
        Set<Long> repeated = repeated();
        if (repeated.isEmpty()) return;
        Map<EmailId, Integer> seen = new HashMap<>();
        for (int at = 0; at < high.length; at++) {
            if (!repeated.contains(low[at]) || isMissing(at)) continue;
            int copy = seen.merge(id(at), 1, Integer::sum);
            if (copy > 1) copies.put(at, copy);
        }
    }

    /** The halves of ids that more than one message has. */
    private Set<Long> repeated() {
        long[] sorted = low.clone();
        Arrays.sort(sorted);
        Set<Long> repeated = new HashSet<>();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) repeated.add(sorted[i]);
        }
        return repeated;
    }
}
