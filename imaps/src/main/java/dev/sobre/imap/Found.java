package dev.sobre.imap;

import dev.sobre.imap.ReturnOptions.Option;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SortPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * What a search found, in the order that was asked for, and how it is said.
 *
 * @param known the mailbox as the client knows it
 * @param now the mailbox as it was searched
 * @param positions of the messages in what the client knows
 * @param uids whether they are called by their UIDs, and not by sequence numbers
 * @param relevancy how well a message matches, by its UID
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Found(
        MailboxIndex known,
        MailboxIndex now,
        int[] positions,
        boolean uids,
        LongToIntFunction relevancy) {

    /** In the order of the mailbox. */
    static Found of(MailboxIndex known, MailboxIndex now, UidSet found, boolean uids) {
        int[] positions = new int[(int) Math.min(found.count(), known.size())];
        int at = 0;
        for (var each = known.positions(found); each.hasNext(); ) positions[at++] = each.nextInt();
        return new Found(known, now, Arrays.copyOf(positions, at), uids, Relevancy.EQUAL);
    }

    /** In an order. */
    static Found of(MailboxIndex known, MailboxIndex now, List<SortPlace> sorted, boolean uids) {
        int[] positions = sorted.stream().mapToInt(each -> known.find(each.uid())).toArray();
        return new Found(known, now, positions, uids, Relevancy.EQUAL);
    }

    /** The same, with what is known of how well the messages match. */
    Found rated(LongToIntFunction better) {
        return new Found(known, now, positions, uids, better);
    }

    int count() {
        return positions.length;
    }

    /** Writes numbers, each after a space, and the highest MODSEQ of the messages if wanted. */
    void writeNumbers(boolean modSeqs, ImapWriter out) {
        for (int i = 0; i < positions.length; i++) out.put(' ').number(number(i));
        // RFC 7162 §3.1.6: only where something was found.
        if (modSeqs && count() > 0) {
            out.put(" (MODSEQ ").number(highestModSeq(0, count())).put(')');
        }
    }

    /**
     * Writes the items of an ESEARCH response that were asked for. RFC 4731 §3.1: those of what is
     * not there are left out, but for COUNT and PARTIAL.
     */
    void writeItems(ReturnOptions wanted, boolean modSeqs, ImapWriter out) {
        if (uids) out.put(" UID");
        if (wanted.has(Option.MIN) && count() > 0) out.put(" MIN ").number(number(0));
        if (wanted.has(Option.MAX) && count() > 0) out.put(" MAX ").number(number(count() - 1));
        if (wanted.has(Option.COUNT)) out.put(" COUNT ").number(count());
        if (wanted.has(Option.ALL) && count() > 0) {
            out.put(" ALL ");
            writeSet(0, count(), out);
        }
        if (wanted.partial().isPresent()) writePartial(wanted.partial().get(), out);
        if (wanted.has(Option.RELEVANCY)) writeRelevancy(wanted, out);
        if (modSeqs && count() > 0) out.put(" MODSEQ ").number(highestModSeq(wanted));
    }

    /** RFC 6203 §4: a score for each message that ALL or PARTIAL names, in their order. */
    private void writeRelevancy(ReturnOptions wanted, ImapWriter out) {
        int from = wanted.partial().map(range -> range.from(count())).orElse(0);
        int to = wanted.partial().map(range -> range.to(count())).orElse(count());
        out.put(" RELEVANCY (");
        for (int i = from; i < to; i++) {
            if (i > from) out.put(' ');
            out.number(relevancy.applyAsInt(known.uid(positions[i])));
        }
        out.put(')');
    }

    private void writePartial(PartialRange range, ImapWriter out) {
        int from = range.from(count());
        int to = range.to(count());
        out.put(" PARTIAL (").put(range.toString()).put(' ');
        if (from < to) writeSet(from, to, out);
        else out.put("NIL");
        out.put(')');
    }

    /**
     * RFC 5267 §3.2: only numbers that ascend one by one become a range, or order would be lost.
     */
    private void writeSet(int from, int to, ImapWriter out) {
        for (int i = from; i < to; ) {
            int end = i + 1;
            while (end < to && number(end) == number(end - 1) + 1) end++;
            if (i > from) out.put(',');
            out.number(number(i));
            if (end - i > 1) out.put(':').number(number(end - 1));
            i = end;
        }
    }

    private long number(int i) {
        return uids ? known.uid(positions[i]) : positions[i] + 1;
    }

    /** RFC 4731 §3.2: that of the messages that are named, or of all where all are meant. */
    private long highestModSeq(ReturnOptions wanted) {
        if (!wanted.namesSome()) return highestModSeq(0, count());
        long highest = 0;
        for (int each : named(wanted)) highest = Math.max(highest, modSeq(each));
        return highest == 0 ? highestModSeq(0, count()) : highest;
    }

    private long highestModSeq(int from, int to) {
        long highest = 0;
        for (int i = from; i < to; i++) highest = Math.max(highest, modSeq(positions[i]));
        return highest;
    }

    private long modSeq(int position) {
        int at = now.find(known.uid(position));
        return at < 0 ? 0 : now.modSeq(at);
    }

    /** The messages that {@code $} is to mean. */
    UidSet toSave(ReturnOptions wanted) {
        int[] some = wanted.namesSome() ? named(wanted) : positions.clone();
        Arrays.sort(some);
        var saved = new UidSet.Builder();
        for (int each : some) saved.add(known.uid(each));
        return saved.build();
    }

    /** The positions of those that MIN, MAX and PARTIAL name. */
    private int[] named(ReturnOptions wanted) {
        if (count() == 0) return new int[0];
        List<Integer> named = new ArrayList<>();
        if (wanted.has(Option.MIN)) named.add(positions[0]);
        if (wanted.has(Option.MAX)) named.add(positions[count() - 1]);
        wanted.partial()
                .ifPresent(
                        range -> {
                            int to = range.to(count());
                            for (int i = range.from(count()); i < to; i++) named.add(positions[i]);
                        });
        return named.stream().mapToInt(Integer::intValue).toArray();
    }
}
