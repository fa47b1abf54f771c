package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The mailboxes and subscriptions of one account. Used with the store's lock held. */
final class Holdings {

    private static final String BELOW = "/";
    private static final String PAST_BELOW = "0"; // '0' is the character after '/'

    private final AccountId account;
    private final Function<Optional<SpecialUse>, MemoryMailbox> newMailbox;
    private final NavigableMap<String, MemoryMailbox> mailboxes = new TreeMap<>();
    private final Set<String> subscribed = new TreeSet<>();

    Holdings(AccountId account, Function<Optional<SpecialUse>, MemoryMailbox> newMailbox) {
        this.account = account;
        this.newMailbox = newMailbox;
    }

    Collection<MemoryMailbox> mailboxes() {
        return mailboxes.values();
    }

    /** What is in all of them together. */
    Usage usage() {
        return mailboxes.values().stream()
                .map(mailbox -> mailbox.index().state())
                .map(state -> new Usage(state.octets(), state.messages()))
                .reduce(Usage.NONE, Usage::plus);
    }

    Optional<Mailbox> find(String name) {
        String wanted = MailboxName.canonical(name);
        return mailboxes.containsKey(wanted) ? Optional.of(describe(wanted)) : Optional.empty();
    }

    List<Mailbox> list() {
        Set<String> names = new TreeSet<>(subscribed);
        for (String name : mailboxes.keySet()) {
            names.add(name);
            names.addAll(MailboxName.parents(name));
        }
        return names.stream().map(this::describe).toList();
    }

    /** Makes the mailboxes that every account has. */
    void furnish() {
        add(Mailbox.INBOX, Optional.empty());
        add("Drafts", Optional.of(SpecialUse.DRAFTS));
        add("Sent", Optional.of(SpecialUse.SENT));
        add("Junk", Optional.of(SpecialUse.JUNK));
        add("Trash", Optional.of(SpecialUse.TRASH));
        add("Archive", Optional.of(SpecialUse.ARCHIVE));
        subscribed.addAll(mailboxes.keySet());
    }

    Mailbox create(MailboxChange.Create c) {
        String name = MailboxName.usable(c.name());
        if (mailboxes.containsKey(name)) throw exists(name);
        addParents(name);
        add(name, c.use());
        return describe(name);
    }

    Mailbox rename(MailboxChange.Rename r) {
        String from = MailboxName.canonical(r.from());
        String to = MailboxName.usable(r.to());
        if (!mailboxes.containsKey(from) && below(from).isEmpty()) throw missing(from);
        if (mailboxes.containsKey(to) || !below(to).isEmpty()) throw exists(to);
        if (from.equals(Mailbox.INBOX)) return emptyInbox(to);
        if (to.startsWith(from + BELOW)) {
            throw new StoreException(Reason.REFUSED, "a mailbox can't be moved below itself");
        }
        var moving = new TreeMap<>(below(from));
        MemoryMailbox top = mailboxes.get(from);
        if (top != null) moving.put(from, top);
        for (String name : moving.keySet()) MailboxName.usable(to + name.substring(from.length()));
        mailboxes.keySet().removeAll(moving.keySet());
        addParents(to);
        moving.forEach((name, m) -> mailboxes.put(to + name.substring(from.length()), m));
        return describe(to);
    }

    Mailbox delete(MailboxChange.Delete d) {
        String name = MailboxName.canonical(d.name());
        if (name.equals(Mailbox.INBOX)) {
            throw new StoreException(Reason.REFUSED, "INBOX can't be deleted");
        }
        if (!mailboxes.containsKey(name)) {
            if (below(name).isEmpty()) throw missing(name);
            throw new StoreException(Reason.REFUSED, "there are mailboxes below " + name);
        }
        Mailbox last = describe(name);
        MemoryMailbox gone = mailboxes.remove(name);
        if (gone != null) gone.remove(gone.uids());
        return last;
    }

    Mailbox subscribe(MailboxChange.Subscribe s) {
        String name = MailboxName.usable(s.name());
        subscribed.add(name);
        return describe(name);
    }

    Mailbox unsubscribe(MailboxChange.Unsubscribe u) {
        String name = MailboxName.canonical(u.name());
        subscribed.remove(name);
        return describe(name);
    }

    // RFC 9051 §6.3.6: the messages move, INBOX stays with what is below it.
    private Mailbox emptyInbox(String to) {
        addParents(to);
        add(to, Optional.empty());
        MemoryMailbox inbox = existing(Mailbox.INBOX);
        UidSet all = inbox.uids();
        existing(to).append(inbox.leaving(all));
        inbox.remove(all);
        return describe(to);
    }

    private MemoryMailbox existing(String name) {
        MemoryMailbox mailbox = mailboxes.get(name);
        if (mailbox == null) throw missing(name);
        return mailbox;
    }

    private void addParents(String name) {
        for (String parent : MailboxName.parents(name)) {
            if (!mailboxes.containsKey(parent)) add(parent, Optional.empty());
        }
    }

    private void add(String name, Optional<SpecialUse> use) {
        mailboxes.put(name, newMailbox.apply(use));
    }

    private NavigableMap<String, MemoryMailbox> below(String name) {
        return mailboxes.subMap(name + BELOW, true, name + PAST_BELOW, false);
    }

    private Mailbox describe(String name) {
        MemoryMailbox m = mailboxes.get(name);
        boolean listed = subscribed.contains(name);
        return m == null
                ? new Mailbox(new MailboxId(account, 0), name, false, listed, Optional.empty())
                : new Mailbox(m.id(), name, true, listed, m.use());
    }

    private static StoreException exists(String name) {
        return new StoreException(Reason.EXISTS, "there is a mailbox " + name + " already");
    }

    private static StoreException missing(String name) {
        return new StoreException(Reason.MISSING, "there is no mailbox " + name);
    }
}
