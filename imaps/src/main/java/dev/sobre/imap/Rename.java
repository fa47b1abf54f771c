package dev.sobre.imap;

import dev.sobre.imap.OtherUsers.Place;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.util.Optional;

/** RENAME: gives a mailbox, and those below it, another name. RFC 3501 §6.3.5. */
record Rename(String from, String to) implements Command<LoggedIn> {

    static Rename parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String from = in.mailbox();
        in.space();
        String to = in.mailbox();
        in.endOfLine();
        return new Rename(from, to);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        Optional<String> problem = MailboxName.problem(to);
        if (problem.isPresent()) return Reply.no("CANNOT", problem.get());
        if (to.equals(Mailbox.INBOX)) return Reply.no("ALREADYEXISTS", "INBOX is always there");
        Login login = state.login();
        Optional<Place> there = login.place(from);
        Optional<Place> then = login.place(to);
        if (there.isEmpty() || (!login.isOwn(from) && login.find(from, 'x').isEmpty())) {
            return login.refusal(from, "NONEXISTENT");
        }
        if (then.isEmpty() || !login.mayCreate(to)) {
            return Reply.no("NOPERM", "you have no right to create a mailbox there");
        }
        if (!there.get().owner().equals(then.get().owner())) {
            return Reply.no("CANNOT", "a mailbox can't be given to another user; copy its mail");
        }
        var change = new MailboxChange.Rename(there.get().name(), then.get().name());
        state.store().alter(there.get().owner(), change);
        return Reply.ok("RENAME completed");
    }
}
