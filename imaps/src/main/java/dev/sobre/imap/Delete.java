package dev.sobre.imap;

import dev.sobre.imap.OtherUsers.Place;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import java.io.IOException;
import java.util.Optional;

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
        Optional<Place> place = state.login().place(mailbox);
        if (!state.login().isOwn(mailbox) && state.login().find(mailbox, 'x').isEmpty()) {
            return state.login().refusal(mailbox, "NONEXISTENT");
        }
        if (place.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        if (place.get().name().equals(Mailbox.INBOX)) {
            return Reply.no("CANNOT", "INBOX can't be deleted");
        }
        state.store().alter(place.get().owner(), new MailboxChange.Delete(place.get().name()));
        return Reply.ok("DELETE completed");
    }
}
