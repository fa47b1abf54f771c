package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import java.io.IOException;

/** DELETE: removes a mailbox and its messages. RFC 3501 §6.3.4. */
record Delete(String mailbox) implements Command<LoggedIn> {

    static Delete parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new Delete(mailbox);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        if (mailbox.equals(Mailbox.INBOX)) return Reply.no("CANNOT", "INBOX can't be deleted");
        state.login().alter(new MailboxChange.Delete(mailbox));
        return Reply.ok("DELETE completed");
    }
}
