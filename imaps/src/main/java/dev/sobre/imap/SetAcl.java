package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import java.io.IOException;
import java.util.Optional;

/**
 * SETACL and DELETEACL: grants rights on a mailbox, or takes them. RFC 4314 §3.1, §3.2. Negative
 * rights are not kept.
 */
record SetAcl(String mailbox, String identifier, Change change, Rights rights)
        implements Command<LoggedIn> {

    /** How the rights given meet those that are there. */
    enum Change {
        REPLACE,
        ADD,
        REMOVE
    }

    static SetAcl parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        String identifier = identifier(in);
        in.space();
        String letters = in.astring();
        in.endOfLine();
        var change = Change.REPLACE;
        if (letters.startsWith("+")) change = Change.ADD;
        if (letters.startsWith("-")) change = Change.REMOVE;
        Rights rights =
                AclIdentifier.rights(change == Change.REPLACE ? letters : letters.substring(1))
                        .orElseThrow(
                                () -> new BadMessage("the rights are lrswipkxtea, or c and d"));
        return new SetAcl(mailbox, identifier, change, rights);
    }

    static SetAcl delete(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        String identifier = identifier(in);
        in.endOfLine();
        return new SetAcl(mailbox, identifier, Change.REPLACE, Rights.NONE);
    }

    static String identifier(ImapReader in) throws BadMessage, IOException {
        String identifier = in.astring();
        // RFC 4314 §3: what is nothing when prepared is BAD.
        if (identifier.isBlank()) throw new BadMessage("an identifier can't be empty");
        return identifier;
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<Mailbox> found = state.login().find(mailbox, 'a');
        if (found.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        Optional<AccountId> to = AclIdentifier.account(identifier, state);
        if (to.isEmpty()) return Reply.no("CANNOT", "there is nobody of that name here");
        MailboxId id = found.get().id();
        Sharing sharing = state.store().sharing();
        Rights before = sharing.list(id).getOrDefault(to.get(), Rights.NONE);
        Rights after =
                switch (change) {
                    case REPLACE -> rights;
                    case ADD -> before.plus(rights);
                    case REMOVE -> before.minus(rights);
                };
        sharing.grant(id, to.get(), after);
        return Reply.ok("the access list is changed");
    }
}
