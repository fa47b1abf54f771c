package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Words that name some mailboxes. RFC 5465 §8, filter-mailboxes; RFC 7377 §2.2.
 *
 * @param names that go with the word, where there are some
 */
record MailboxFilter(Kind kind, List<String> names) {

    /** So many names can be given. */
    private static final int MOST_NAMES = 1000;

    /** The word. */
    enum Kind {
        SELECTED,
        PERSONAL,
        /** Those that mail may be delivered to: any, where filters and addresses lead. */
        INBOXES,
        SUBSCRIBED,
        SUBTREE,
        SUBTREE_ONE,
        MAILBOXES;

        private boolean hasNames() {
            return this == SUBTREE || this == SUBTREE_ONE || this == MAILBOXES;
        }
    }

    MailboxFilter {
        names = List.copyOf(names);
    }

    static MailboxFilter parse(ImapReader in) throws BadMessage, IOException {
        Kind kind = kind(in.keyword());
        if (!kind.hasNames()) return new MailboxFilter(kind, List.of());
        in.space();
        List<String> names = new ArrayList<>();
        if (in.take('(')) {
            do names.add(in.mailbox());
            while (in.take(' ') && names.size() <= MOST_NAMES);
            in.expect(')');
        } else {
            names.add(in.mailbox());
        }
        return new MailboxFilter(kind, names);
    }

    private static Kind kind(String word) throws BadMessage {
        for (Kind each : Kind.values()) {
            if (each.name().replace('_', '-').equals(word)) return each;
        }
        throw new BadMessage("mailboxes are not named by such a word");
    }

    /** Whether a mailbox is meant, the selected one aside. */
    boolean means(Mailbox mailbox, Login login) {
        return switch (kind) {
            case SELECTED -> false;
            case PERSONAL, INBOXES -> login.isOwn(mailbox.name());
            case SUBSCRIBED -> mailbox.subscribed();
            case MAILBOXES -> names.contains(mailbox.name());
            case SUBTREE -> names.stream().anyMatch(top -> isBelow(mailbox.name(), top, true));
            case SUBTREE_ONE -> names.stream().anyMatch(top -> isBelow(mailbox.name(), top, false));
        };
    }

    private static boolean isBelow(String name, String top, boolean deep) {
        if (name.equals(top)) return true;
        if (!name.startsWith(top + Mailbox.SEPARATOR)) return false;
        return deep || name.indexOf(Mailbox.SEPARATOR, top.length() + 1) < 0;
    }
}
