package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import java.io.IOException;
import java.util.Optional;

/** MYRIGHTS: what the user may do with a mailbox. RFC 4314 §3.5. */
record MyRights(String mailbox) implements Command<LoggedIn> {

    static MyRights parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new MyRights(mailbox);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<Mailbox> found = state.login().find(mailbox);
        if (found.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        write(mailbox, state.login().rights(found.get().id()), out);
        return Reply.ok("MYRIGHTS completed");
    }

    /** The untagged answer. */
    static void write(String name, Rights rights, ImapWriter out) throws IOException {
        out.put("* MYRIGHTS ").mailbox(name).put(' ').astring(AclIdentifier.letters(rights));
        out.endLine();
    }
}
