package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.UidSet;
import java.io.IOException;

/** STORE and UID STORE: changes flags. RFC 3501 §6.4.6. */
record Store(SequenceSet set, boolean uids, FlagChange change, boolean silent)
        implements Command<Selected> {

    static Store parse(ImapReader in) throws BadMessage {
        return parse(in, false);
    }

    static Store parseUid(ImapReader in) throws BadMessage {
        return parse(in, true);
    }

    private static Store parse(ImapReader in, boolean uids) throws BadMessage {
        in.space();
        var set = in.sequenceSet();
        in.space();
        var kind = FlagChange.Kind.REPLACE;
        if (in.take('+')) kind = FlagChange.Kind.ADD;
        else if (in.take('-')) kind = FlagChange.Kind.REMOVE;
        String item = in.name();
        boolean silent = item.equals("FLAGS.SILENT");
        if (!silent && !item.equals("FLAGS")) throw new BadMessage("STORE changes FLAGS only");
        in.space();
        var flags = in.messageFlags();
        in.endOfLine();
        return new Store(set, uids, new FlagChange(kind, flags), silent);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        MailboxView view = state.view();
        UidSet meant = view.resolve(set, uids);
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        if (meant.isEmpty()) return Reply.ok("nothing to change");
        StoreResult result = state.store().store(view.id(), meant, change, Long.MAX_VALUE);
        for (var now : result.changed()) {
            if (silent) {
                // The client knows the outcome without being told. If it is another, because
                // someone else changed flags too, the news at the end tell it.
                Flags expected = change.apply(view.believed(now.uid()));
                view.learn(now.flags(), out);
                view.remember(now.uid(), expected);
            } else {
                view.writeFlags(view.sequence(now.uid()), now.uid(), now.flags(), out);
                view.remember(now.uid(), now.flags());
            }
        }
        if (!uids && result.changed().size() < meant.count()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone, the others changed");
        }
        return Reply.ok("STORE completed");
    }
}
