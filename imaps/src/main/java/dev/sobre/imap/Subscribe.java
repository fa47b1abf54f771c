package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.util.Optional;

/** SUBSCRIBE and UNSUBSCRIBE: the list that LSUB shows. RFC 3501 §6.3.6, §6.3.7. */
record Subscribe(String mailbox, boolean on) implements Command<LoggedIn> {

    static Subscribe subscribe(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    static Subscribe unsubscribe(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    private static Subscribe parse(ImapReader in, boolean on) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new Subscribe(mailbox, on);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        Optional<String> problem = MailboxName.problem(mailbox);
        if (problem.isPresent()) return Reply.no("CANNOT", problem.get());
        state.login()
                .alter(
                        on
                                ? new MailboxChange.Subscribe(mailbox)
                                : new MailboxChange.Unsubscribe(mailbox));
        return Reply.ok(on ? "SUBSCRIBE completed" : "UNSUBSCRIBE completed");
    }
}
