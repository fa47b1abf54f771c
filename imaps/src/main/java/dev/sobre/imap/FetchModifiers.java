package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.OptionalLong;

/**
 * What narrows the messages of a FETCH (RFC 4466 §2.4).
 *
 * @param changedSince only those with a higher MODSEQ. RFC 7162 §3.1.4.1
 * @param vanished whether those that went since then are named, too. RFC 7162 §3.2.6
 */
record FetchModifiers(OptionalLong changedSince, boolean vanished) {

    static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false);

    /** Reads the list from its opening to its closing parenthesis. */
    static FetchModifiers parse(ImapReader in, boolean uids) throws BadMessage {
        var changedSince = OptionalLong.empty();
        boolean vanished = false;
        in.expect('(');
        do {
            String name = in.keyword();
            switch (name) {
                case "CHANGEDSINCE" -> {
                    in.space();
                    changedSince = OptionalLong.of(in.modSeq());
                }
                case "VANISHED" -> vanished = true;
                default -> throw new BadMessage("FETCH knows no such modifier");
            }
        } while (in.take(' '));
        in.expect(')');
        if (vanished && (!uids || changedSince.isEmpty())) {
            throw new BadMessage("VANISHED goes with UID FETCH and CHANGEDSINCE");
        }
        return new FetchModifiers(changedSince, vanished);
    }

    /** Those of the messages meant that pass. */
    UidSet choose(UidSet meant, MailboxIndex now) {
        if (changedSince.isEmpty()) return meant;
        var chosen = new UidSet.Builder();
        for (var at = now.positions(meant); at.hasNext(); ) {
            int position = at.nextInt();
            if (now.modSeq(position) > changedSince.getAsLong()) chosen.add(now.uid(position));
        }
        return chosen.build();
    }
}
