package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * REPLACE and UID REPLACE: a message comes, and the one it replaces goes. RFC 8508.
 *
 * @param in where the octets of the message follow
 */
record Replace(
        SequenceSet replaced, boolean uids, String mailbox, AppendedMessage message, ImapReader in)
        implements Command<Selected> {

    static Replace parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Replace parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Replace parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        long number = in.take('*') ? SequenceSet.STAR : in.nonZero();
        var replaced = new SequenceSet(List.of(new SequenceSet.Range(number, number)));
        in.space();
        String mailbox = in.mailbox();
        in.space();
        return new Replace(replaced, uids, mailbox, AppendedMessage.parse(in), in);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        MailboxView view = state.view();
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        if (!Move.mayRemove(state)) return Move.removalRefused();
        UidSet old = view.now().existing(view.resolve(replaced, uids));
        if (old.isEmpty()) return Reply.no("NONEXISTENT", "there is no message to be replaced");
        Optional<Mailbox> to = state.login().find(mailbox, 'i');
        if (to.isEmpty()) return state.login().refusal(mailbox, "TRYCREATE");
        try (var uploads = new Uploads(state, in, to.get().id())) {
            Optional<Reply> refused = uploads.take(message);
            if (refused.isPresent()) return refused.get();
            in.endOfLine();
            var at = state.store().append(to.get().id(), uploads.deliveries());
            String code = Append.code(state.client(), at);
            if (!code.isEmpty()) out.put("* OK [").put(code).put("] it is there").endLine();
        }
        // RFC 8508 §3.4: of a new message too many the client can get rid; a lost one is lost.
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        state.store().store(view.id(), old, deleted, Long.MAX_VALUE);
        return Expunge.reply("REPLACE", state.store().expunge(view.id(), old), state.client());
    }
}
