package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import java.io.IOException;
import java.util.Optional;

/** LISTRIGHTS: which rights somebody always has, and which can be granted. RFC 4314 §3.4. */
record ListRights(String mailbox, String identifier) implements Command<LoggedIn> {

    static ListRights parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        String identifier = SetAcl.identifier(in);
        in.endOfLine();
        return new ListRights(mailbox, identifier);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<Mailbox> found = state.login().find(mailbox, 'a');
        if (found.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        var whom = AclIdentifier.account(identifier, state);
        if (whom.isEmpty()) return Reply.no("CANNOT", "there is nobody of that name here");
        String all = AclIdentifier.letters(Rights.ALL);
        out.put("* LISTRIGHTS ").mailbox(mailbox).put(' ').astring(identifier);
        if (whom.get().equals(found.get().id().account())) {
            out.put(' ').put(all); // an owner has them all, come what may
        } else {
            out.put(" \"\" ").put(String.join(" ", all.split("")));
        }
        out.endLine();
        return Reply.ok("LISTRIGHTS completed");
    }
}
