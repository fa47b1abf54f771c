package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.SpecialUse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CREATE: makes a mailbox. RFC 3501 §6.3.3; RFC 6154 §3 (USE). */
record Create(String mailbox, List<String> uses) implements Command<LoggedIn> {

    static Create parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        List<String> uses = List.of();
        if (in.take(' ')) {
            in.expect('(');
            if (!in.keyword().equals("USE")) throw new BadMessage("CREATE knows USE only");
            in.space();
            uses = in.flagList();
            in.expect(')');
        }
        in.endOfLine();
        return new Create(mailbox, List.copyOf(uses));
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        Optional<SpecialUse> use = Optional.empty();
        if (!uses.isEmpty()) {
            use = use(uses.getFirst());
            if (!isOffered(state) || use.isEmpty() || uses.size() > 1) {
                return Reply.no("USEATTR", "a mailbox can't be made for this use");
            }
        }
        // RFC 3501 §6.3.3: a separator at the end says that mailboxes below it will come.
        String name = mailbox.endsWith("/") ? mailbox.substring(0, mailbox.length() - 1) : mailbox;
        Optional<String> problem = MailboxName.problem(name);
        if (problem.isPresent()) return Reply.no("CANNOT", problem.get());
        if (name.equals(Mailbox.INBOX)) return Reply.no("ALREADYEXISTS", "INBOX is always there");
        Mailbox made = state.login().alter(new MailboxChange.Create(name, use));
        var reply = Reply.ok("CREATE completed");
        if (!state.client().offers(Feature.OBJECTID)) return reply;
        return reply.code("MAILBOXID (" + made.id().text() + ")"); // RFC 8474 §4.1
    }

    private static boolean isOffered(LoggedIn state) {
        return state.client().offers(Feature.CREATE_SPECIAL_USE);
    }

    /** The use of that name, but for those of virtual mailboxes, which there are none of. */
    private static Optional<SpecialUse> use(String attribute) {
        return Stream.of(SpecialUse.values())
                .filter(use -> use != SpecialUse.ALL && use != SpecialUse.FLAGGED)
                .filter(use -> use.attribute().equalsIgnoreCase(attribute))
                .findFirst();
    }
}
