package dev.sobre.imap;

import dev.sobre.imap.MessageLimit.Share;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Flag;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.io.IOException;
import java.util.Optional;

/** EXPUNGE and UID EXPUNGE: removes what is \Deleted. RFC 3501 §6.4.3, RFC 4315 §2.1. */
record Expunge(Optional<SequenceSet> only) implements Command<Selected> {

    static Expunge parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Expunge(Optional.empty());
    }

    static Expunge parseUid(ImapReader in) throws BadMessage {
        in.space();
        var only = in.sequenceSet();
        in.endOfLine();
        return new Expunge(Optional.of(only));
    }

    /** The EXPUNGE responses are among the news at the end of the command. */
    @Override
    public Reply run(Selected state, ImapWriter out) throws BadMessage, IOException {
        MailboxView view = state.view();
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        if (!state.login().rights(view.id()).has('e')) {
            return Move.removalRefused();
        }
        if (only.isEmpty()) return expunge(UidSet.ALL, state);
        var share = share(view.resolve(only.get(), true), view, MessageLimit.of(state.client()));
        if (share.uids().isEmpty()) return Reply.ok("EXPUNGE completed");
        return share.told(expunge(share.uids(), state), out);
    }

    /** RFC 9738 §3.1: what is not \Deleted does not count, and EXPUNGE has no limit. */
    private static Share share(UidSet meant, MailboxView view, MessageLimit limit) {
        if (limit.allows(meant.count())) return limit.of(meant);
        var now = view.now();
        var deleted = new UidSet.Builder();
        for (var at = now.positions(meant); at.hasNext(); ) {
            int position = at.nextInt();
            if (now.flags(position).has(Flag.DELETED)) deleted.add(now.uid(position));
        }
        return limit.of(deleted.build());
    }

    private static Reply expunge(UidSet uids, Selected state) {
        return reply("EXPUNGE", state.store().expunge(state.view().id(), uids), state.client());
    }

    static Reply reply(String name, Vanished gone, Client client) {
        var reply = Reply.ok(name + " completed");
        return gone.uids().isEmpty() ? reply : reply.code(code(client, gone.modSeq()));
    }

    /** RFC 7162 §3.2.7: how far the client is when it has read the news. */
    static String code(Client client, long modSeq) {
        return client.has(Extension.QRESYNC) ? "HIGHESTMODSEQ " + modSeq : "";
    }
}
