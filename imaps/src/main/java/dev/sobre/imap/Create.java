package dev.sobre.imap;

import dev.sobre.imap.OtherUsers.Place;
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
    public Reply run(LoggedIn state, ImapWriter out) throws BadMessage {
        Optional<SpecialUse> use = Optional.empty();
        if (!uses.isEmpty()) {
            state.client().require(Feature.CREATE_SPECIAL_USE);
            use = use(uses.getFirst());
            if (use.isEmpty() || uses.size() > 1) {
                return Reply.no("USEATTR", "a mailbox can't be made for this use");
            }
        }
        // RFC 3501 §6.3.3: a separator at the end says that mailboxes below it will come.
        String name = mailbox.endsWith("/") ? mailbox.substring(0, mailbox.length() - 1) : mailbox;
        Optional<String> problem = MailboxName.problem(name);
        if (problem.isPresent()) return Reply.no("CANNOT", problem.get());
        return create(name, use, state);
    }

    private static Reply create(String name, Optional<SpecialUse> use, LoggedIn state) {
        Login login = state.login();
        Optional<Place> place = login.place(name);
        Optional<Mailbox> parent = login.above(name);
        if (place.isEmpty() || !login.mayCreate(name)) {
            return Reply.no("NOPERM", "you have no right to create a mailbox there");
        }
        if (place.get().name().equals(Mailbox.INBOX)) {
            return Reply.no("ALREADYEXISTS", "INBOX is always there");
        }
        var change = new MailboxChange.Create(place.get().name(), use);
        Mailbox made = state.store().alter(place.get().owner(), change);
        parent.ifPresent(p -> inherit(p, name, state));
        var reply = Reply.ok("CREATE completed");
        if (!state.client().offers(Feature.OBJECTID)) return reply;
        return reply.code("MAILBOXID (" + made.id().text() + ")"); // RFC 8474 §4.1
    }

    /** RFC 4314 §4: new mailboxes get the access list of the one above. */
    private static void inherit(Mailbox parent, String name, LoggedIn state) {
        var sharing = state.store().sharing();
        var granted = sharing.list(parent.id());
        if (granted.isEmpty()) return;
        int at = parent.name().length() + 1;
        while (at > 0) {
            at = name.indexOf('/', at) + 1;
            String made = at == 0 ? name : name.substring(0, at - 1);
            state.login()
                    .place(made)
                    .flatMap(place -> state.store().find(place.owner(), place.name()))
                    .ifPresent(m -> granted.forEach((to, r) -> sharing.grant(m.id(), to, r)));
        }
    }

    /** The use of that name, but for those of virtual mailboxes, which there are none of. */
    private static Optional<SpecialUse> use(String attribute) {
        return Stream.of(SpecialUse.values())
                .filter(use -> use != SpecialUse.ALL && use != SpecialUse.FLAGGED)
                .filter(use -> use.attribute().equalsIgnoreCase(attribute))
                .findFirst();
    }
}
