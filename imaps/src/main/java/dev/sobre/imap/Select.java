package dev.sobre.imap;

import dev.sobre.imap.State.Authenticated;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;

/** SELECT and EXAMINE: opens a mailbox. RFC 3501 §6.3.1, §6.3.2. */
record Select(String mailbox, boolean readOnly) implements Command<LoggedIn> {

    static Select select(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Select examine(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Select parse(ImapReader in, boolean readOnly) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new Select(mailbox, readOnly);
    }

    /** RFC 3501 §6.3.1: when it fails, what was selected before no longer is. */
    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Login login = state.login();
        MailboxView view;
        try {
            Optional<Mailbox> found = login.find(mailbox);
            if (found.isEmpty()) {
                return Reply.no("NONEXISTENT", "there is no such mailbox")
                        .then(new Authenticated(login));
            }
            view = MailboxView.open(state.store(), found.get(), readOnly);
        } catch (StoreException e) {
            return Reply.refused(e).then(new Authenticated(login));
        }
        view.introduce(out);
        return Reply.ok(readOnly ? "EXAMINE completed" : "SELECT completed")
                .code(readOnly ? "READ-ONLY" : "READ-WRITE")
                .then(new Selected(login, view));
    }
}
