package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Changes;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.Optional;

/**
 * What a client knows of a mailbox from an earlier session. RFC 7162 §3.2.5.
 *
 * @param modSeq up to which it knows everything
 * @param known the UIDs that it cares for; all when empty
 * @param sample some messages with their sequence numbers
 */
record Resync(long uidValidity, long modSeq, Optional<UidSet> known, Optional<Sample> sample) {

    /** Sequence numbers, and the UIDs that belonged to them in the same order. */
    record Sample(UidSet numbers, UidSet uids) {

        /**
         * RFC 7162 §3.2.5.2: up to the last message that still has its number, the client knows of
         * all that went.
         */
        private long matchedUpTo(MailboxIndex now) {
            var number = numbers.iterator();
            var uid = uids.iterator();
            long matched = 0;
            while (number.hasNext() && uid.hasNext()) {
                long at = number.nextLong() - 1;
                long known = uid.nextLong();
                if (at >= now.size()) break;
                if (now.uid((int) at) == known) matched = known;
            }
            return matched;
        }
    }

    /** Reads it from its opening to its closing parenthesis. */
    static Resync parse(ImapReader in) throws BadMessage {
        in.expect('(');
        long uidValidity = in.nonZero();
        in.space();
        long modSeq = in.modSeq();
        Optional<UidSet> known = Optional.empty();
        Optional<Sample> sample = Optional.empty();
        boolean more = in.take(' ');
        if (more && !in.isNext('(')) {
            known = Optional.of(set(in));
            more = in.take(' ');
        }
        if (more) {
            in.expect('(');
            UidSet numbers = set(in);
            in.space();
            sample = Optional.of(new Sample(numbers, set(in)));
            in.expect(')');
        }
        in.expect(')');
        return new Resync(uidValidity, modSeq, known, sample);
    }

    private static UidSet set(ImapReader in) throws BadMessage {
        SequenceSet set = in.sequenceSet();
        if (set.hasStar() || set.isSaved()) {
            throw new BadMessage("what a client knows is in numbers");
        }
        return set.resolve(UidSet.HIGHEST);
    }

    /** Tells what happened since, after the mailbox was introduced. */
    void catchUp(MailboxView view, ImapWriter out) throws IOException {
        MailboxIndex told = view.known();
        // RFC 7162 §3.2.5: in another mailbox of the same name nothing of it holds.
        if (uidValidity != told.state().uidValidity()) return;
        UidSet asked = known.orElse(UidSet.ALL);
        long matched = sample.map(s -> s.matchedUpTo(told)).orElse(0L);
        writeVanished(asked.minus(UidSet.ALL.below(matched + 1)), modSeq, view, out);
        for (var at = told.positions(asked); at.hasNext(); ) {
            int i = at.nextInt();
            if (told.modSeq(i) <= modSeq) continue;
            view.writeFlags(i + 1, new Updated(told.uid(i), told.flags(i), told.modSeq(i)), out);
        }
    }

    /**
     * Names those of some UIDs that went after a MODSEQ, before this session heard of them. RFC
     * 7162 §3.2.10.1.
     */
    static void writeVanished(UidSet asked, long since, MailboxView view, ImapWriter out)
            throws IOException {
        MailboxIndex told = view.known();
        UidSet assigned = asked.below(told.state().uidNext());
        UidSet gone =
                switch (view.store().changes(view.id(), since)) {
                    case Changes.Since some -> assigned.intersect(some.vanished());
                    case Changes.TooOld all -> assigned;
                };
        UidSet earlier = gone.minus(told.existing(gone));
        if (earlier.isEmpty()) return;
        out.put("* VANISHED (EARLIER) ").put(earlier.toString()).endLine();
    }
}
