package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What narrows the messages of a FETCH (RFC 4466 §2.4).
 *
 * @param changedSince only those with a higher MODSEQ. RFC 7162 §3.1.4.1
 * @param vanished whether those that went since then are named, too. RFC 7162 §3.2.6
 * @param partial some of those that there are. RFC 9394 §3.3
 */
record FetchModifiers(OptionalLong changedSince, boolean vanished, Optional<PartialRange> partial) {

    static final FetchModifiers NONE =
            new FetchModifiers(OptionalLong.empty(), false, Optional.empty());

    /** Reads the list from its opening to its closing parenthesis. */
    static FetchModifiers parse(ImapReader in, boolean uids) throws BadMessage {
        var changedSince = OptionalLong.empty();
        boolean vanished = false;
        Optional<PartialRange> partial = Optional.empty();
        in.expect('(');
        do {
            String name = in.keyword();
            switch (name) {
                case "CHANGEDSINCE" -> {
                    in.space();
                    // RFC 7162 §7 begins at 1; iPhones say 0 for a mailbox they never saw.
                    changedSince = OptionalLong.of(in.modSeqOrZero());
                }
                case "VANISHED" -> vanished = true;
                case "PARTIAL" -> {
                    in.space();
                    partial = Optional.of(PartialRange.parse(in));
                }
                default -> throw new BadMessage("FETCH knows no such modifier");
            }
        } while (in.take(' '));
        in.expect(')');
        if (vanished && (!uids || changedSince.isEmpty())) {
            throw new BadMessage("VANISHED goes with UID FETCH and CHANGEDSINCE");
        }
        if (partial.isPresent() && !uids) throw new BadMessage("PARTIAL goes with UID FETCH");
        return new FetchModifiers(changedSince, vanished, partial);
    }

    /** RFC 9394 §3.4: first some of the messages meant are counted off. */
    UidSet part(UidSet meant) {
        return partial.map(range -> part(meant, range)).orElse(meant);
    }

    /** Those of them that have changed, where only such are wanted. */
    UidSet choose(UidSet some, MailboxIndex now) {
        return changedSince.isPresent() ? changed(some, now) : some;
    }

    private static UidSet part(UidSet meant, PartialRange range) {
        int count = (int) Math.min(meant.count(), Integer.MAX_VALUE);
        var part = new UidSet.Builder();
        int at = 0;
        for (var uids = meant.iterator(); uids.hasNext() && at < range.to(count); at++) {
            long uid = uids.nextLong();
            if (at >= range.from(count)) part.add(uid);
        }
        return part.build();
    }

    private UidSet changed(UidSet some, MailboxIndex now) {
        var chosen = new UidSet.Builder();
        for (var at = now.positions(some); at.hasNext(); ) {
            int position = at.nextInt();
            if (now.modSeq(position) > changedSince.getAsLong()) chosen.add(now.uid(position));
        }
        return chosen.build();
    }
}
