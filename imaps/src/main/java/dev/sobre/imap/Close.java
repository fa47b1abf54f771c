package dev.sobre.imap;

import dev.sobre.imap.State.Authenticated;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.UidSet;

/**
 * CLOSE and UNSELECT: leaves the mailbox; CLOSE removes what is \Deleted first and says nothing of
 * it. RFC 3501 §6.4.2, RFC 3691.
 */
record Close(boolean expunge) implements Command<Selected> {

    static Close close(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Close(true);
    }

    static Close unselect(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Close(false);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) {
        MailboxView view = state.view();
        // RFC 4314 §4: without the right nothing is removed, and the answer is OK.
        boolean may = state.login().rights(view.id()).has('e');
        if (expunge && may && !view.readOnly() && view.now().size() > 0) {
            state.store().expunge(view.id(), UidSet.ALL);
        }
        return Reply.ok(expunge ? "CLOSE completed" : "UNSELECT completed")
                .then(new Authenticated(state.login()));
    }
}
