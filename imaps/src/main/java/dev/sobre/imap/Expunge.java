package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
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
    public Reply run(Selected state, ImapWriter out) throws BadMessage {
        MailboxView view = state.view();
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        if (!state.login().rights(view.id()).has('e')) {
            return Move.removalRefused();
        }
        UidSet uids = only.isPresent() ? view.resolve(only.get(), true) : UidSet.ALL;
        if (uids.isEmpty()) return Reply.ok("EXPUNGE completed");
        return reply("EXPUNGE", state.store().expunge(view.id(), uids), state.client());
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
