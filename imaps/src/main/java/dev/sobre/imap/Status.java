package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STATUS: the counters of a mailbox that need not be selected. RFC 3501 §6.3.10. */
record Status(String mailbox, List<Item> items) implements Command<LoggedIn> {

    /** A counter. */
    enum Item {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN;

        static Item parse(ImapReader in) throws BadMessage {
            String name = in.keyword();
            for (Item item : values()) if (item.name().equals(name)) return item;
            throw new BadMessage("STATUS knows no such item");
        }

        long of(MailboxState state, MailStore store, MailboxId id) {
            return switch (this) {
                case MESSAGES -> state.messages();
                case RECENT -> recent(state, store, id);
                case UIDNEXT -> state.uidNext();
                case UIDVALIDITY -> state.uidValidity();
                case UNSEEN -> state.unseen();
            };
        }

        /** RFC 3501 §6.3.10: asking must not take \Recent from the session that selects next. */
        private static long recent(MailboxState state, MailStore store, MailboxId id) {
            long first = store.claimRecent(id, 0);
            if (first >= state.uidNext()) return 0;
            return store.index(id).count(UidSet.range(first, UidSet.HIGHEST));
        }
    }

    static Status parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        in.expect('(');
        List<Item> items = new ArrayList<>();
        do items.add(Item.parse(in));
        while (in.take(' '));
        in.expect(')');
        in.endOfLine();
        return new Status(mailbox, List.copyOf(items));
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<Mailbox> found = state.login().find(mailbox);
        if (found.isEmpty()) return Reply.no("NONEXISTENT", "there is no such mailbox");
        MailboxId id = found.get().id();
        MailboxState counters = state.store().state(id);
        out.put("* STATUS ").mailbox(mailbox);
        String before = " (";
        for (Item item : items) {
            out.put(before).put(item.name()).put(' ').number(item.of(counters, state.store(), id));
            before = " ";
        }
        out.put(')').endLine();
        return Reply.ok("STATUS completed");
    }
}
