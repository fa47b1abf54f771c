package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.Optional;

/** MOVE and UID MOVE: messages into another mailbox, and out of this one. RFC 6851. */
record Move(SequenceSet set, boolean uids, String mailbox) implements Command<Selected> {

    static Move parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Move parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Move parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        var set = in.sequenceSet();
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new Move(set, uids, mailbox);
    }

    /** The EXPUNGE responses are among the news at the end of the command. */
    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        MailboxView view = state.view();
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        UidSet meant = view.resolve(set, uids);
        if (!mayRemove(state)) return removalRefused();
        Optional<Mailbox> to = state.login().find(mailbox, 'i');
        if (to.isEmpty()) return state.login().refusal(mailbox, "TRYCREATE");
        if (meant.isEmpty()) return Reply.ok("nothing to move");
        var share = MessageLimit.of(state.client()).of(meant);
        CopyResult moved =
                state.store().copy(view.id(), share.uids(), to.get().id(), /* move= */ true);
        Copy.dropForbidden(state, moved, to.get().id());
        // RFC 6851 §4.3: COPYUID comes in an untagged OK, before the EXPUNGEs.
        String code = Copy.code(state.client(), moved);
        if (!code.isEmpty()) out.put("* OK [").put(code).put("] moved").endLine();
        var reply = Reply.ok("MOVE completed");
        if (!moved.from().isEmpty()) {
            reply = reply.code(Expunge.code(state.client(), moved.vanishedModSeq()));
        }
        return share.told(reply, out);
    }

    /** RFC 6851 §4.4: what STORE +FLAGS (\Deleted) and EXPUNGE need. */
    static boolean mayRemove(Selected state) {
        var rights = state.login().rights(state.view().id());
        return rights.has('t') && rights.has('e');
    }

    static Reply removalRefused() {
        return Reply.no("NOPERM", "you have no right to remove messages here");
    }
}
