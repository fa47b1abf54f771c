package dev.sobre.imap;

import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;

/**
 * What a conditional STORE need not fail for: a message has one MODSEQ for all its flags, which
 * also moves on when others change than those that are to be added or removed. RFC 7162 §3.1.12.
 *
 * @param since the MODSEQ up to which the client knows the messages
 */
record OtherFlags(FlagChange change, long since, MailboxView view) {

    /** Those of some messages whose flags are, as far as they matter, as the client knows them. */
    UidSet alone(UidSet modified, MailboxIndex now) {
        if (change.kind() == FlagChange.Kind.REPLACE) return UidSet.NONE;
        var alone = new UidSet.Builder();
        for (var uids = modified.iterator(); uids.hasNext(); ) {
            long uid = uids.nextLong();
            int at = now.find(uid);
            if (at >= 0 && isUntouched(uid, now.flags(at))) alone.add(uid);
        }
        return alone.build();
    }

    private boolean isUntouched(long uid, Flags flags) {
        if (since == 0) return isAbsent(flags);
        var told = view.known();
        int at = told.find(uid);
        if (at < 0 || told.modSeq(at) > since) return false;
        Flags known = told.flags(at);
        // Where it was told more since, that is what it knows, of which MODSEQ nobody can say.
        return known.equals(view.believed(uid)) && concerned(known).equals(concerned(flags));
    }

    /**
     * RFC 7162 §3.1.3: 0 fails if a keyword is there, so that only one client can be the first to
     * set it. System flags always are.
     */
    private boolean isAbsent(Flags flags) {
        boolean adds = change.kind() == FlagChange.Kind.ADD && change.flags().systemBits() == 0;
        return adds && concerned(flags).equals(Flags.NONE);
    }

    private Flags concerned(Flags flags) {
        return flags.minus(flags.minus(change.flags()));
    }
}
