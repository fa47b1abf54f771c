package dev.sobre.imap;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The namespace of other users' mailboxes (RFC 2342 §3): {@code Other Users/bob@example.org/Work}
 * is bob's Work, for those who were granted rights on it (RFC 4314).
 */
record OtherUsers(MailStore store, AccountId self) {

    static final String ROOT = "Other Users";
    private static final String PREFIX = ROOT + Mailbox.SEPARATOR;

    /** A mailbox's name within the account that it belongs to. */
    record Place(AccountId owner, String name) {}

    /** Whether the name is one of this namespace, whatever it leads to. */
    static boolean has(String name) {
        return name.equals(ROOT) || name.startsWith(PREFIX);
    }

    /** Where a name of this namespace leads; nowhere when there is no such user. */
    Optional<Place> place(String name) {
        int at = name.indexOf('@', PREFIX.length());
        int end = at < 0 ? -1 : name.indexOf(Mailbox.SEPARATOR, at); // local parts may have '/'
        if (!name.startsWith(PREFIX) || end < 0) return Optional.empty();
        return store.accounts()
                .find(name.substring(PREFIX.length(), end))
                .map(owner -> new Place(owner.id(), name.substring(end + 1)));
    }

    /** The mailboxes on which others have given rights. */
    List<MailboxId> shared() {
        return store.sharing().sharedWith(self);
    }

    /** Those that may be seen, and the levels above them; none subscribed. */
    List<Mailbox> visible(List<MailboxId> all) {
        Map<AccountId, Set<MailboxId>> owners = new LinkedHashMap<>();
        for (MailboxId id : all) {
            if (rights(id).has('l')) {
                owners.computeIfAbsent(id.account(), owner -> new HashSet<>()).add(id);
            }
        }
        List<Mailbox> visible = new ArrayList<>();
        if (!owners.isEmpty()) visible.add(level(ROOT));
        owners.forEach(
                (owner, shared) ->
                        store.accounts().get(owner).ifPresent(a -> add(a, shared, visible)));
        return visible;
    }

    private void add(Account owner, Set<MailboxId> shared, List<Mailbox> visible) {
        String above = PREFIX + owner.address();
        visible.add(level(above));
        for (Mailbox mailbox : store.list(owner.id())) {
            if (mailbox.exists() && shared.contains(mailbox.id())) {
                visible.add(named(above + Mailbox.SEPARATOR + mailbox.name(), mailbox));
            }
        }
    }

    Rights rights(MailboxId id) {
        return store.sharing().rights(id, self);
    }

    /** A mailbox of somebody else under the name it has here. */
    static Mailbox named(String name, Mailbox mailbox) {
        return new Mailbox(mailbox.id(), name, true, false, mailbox.use());
    }

    private Mailbox level(String name) {
        return new Mailbox(new MailboxId(self, 0), name, false, false, Optional.empty());
    }
}
