package dev.sobre.imap;

import dev.sobre.imap.OtherUsers.Place;
import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A client that has proved who it is, and the mailboxes it gets at: its own, and those of others on
 * which it has rights.
 */
record Login(Client client, Account account) {

    private static final String VISIBLE_WITH = "lrikxa"; // RFC 4314 §4: any of them for MYRIGHTS

    /** All names, subscribed ones included, sorted. */
    Collection<Mailbox> mailboxes() {
        List<Mailbox> own = store().list(account.id());
        List<MailboxId> shared = sees() ? others().shared() : List.of();
        long letters = own.stream().mapToLong(mailbox -> mailbox.name().length()).sum();
        client.goThrough(letters / 4 + 4L * shared.size()); // a name takes longer than a message
        List<Mailbox> others = others().visible(shared);
        if (others.isEmpty()) return own;
        Map<String, Mailbox> all = new TreeMap<>();
        for (Mailbox mailbox : own) all.put(mailbox.name(), mailbox);
        for (Mailbox mailbox : others) all.merge(mailbox.name(), mailbox, Login::both);
        return all.values();
    }

    /** Subscribed here, and there at somebody else's. */
    private static Mailbox both(Mailbox here, Mailbox there) {
        return here.exists()
                ? here
                : new Mailbox(
                        there.id(), here.name(), there.exists(), here.subscribed(), there.use());
    }

    /** The mailbox of a name, when it can be selected and there is any right on it. */
    Optional<Mailbox> find(String name) {
        return place(name)
                .flatMap(place -> store().find(place.owner(), place.name()))
                .filter(mailbox -> rights(mailbox.id()).hasAny(VISIBLE_WITH))
                .map(mailbox -> isOwn(name) ? mailbox : OtherUsers.named(name, mailbox));
    }

    /** The mailbox of a name, when this right is there; otherwise see {@link #refusal}. */
    Optional<Mailbox> find(String name, char right) {
        return find(name).filter(mailbox -> rights(mailbox.id()).has(right));
    }

    /**
     * Why a mailbox was not found: who may see it hears that a right lacks (RFC 5530 §3), for
     * others it is not there.
     */
    Reply refusal(String name, String whenAbsent) {
        return find(name, 'l').isPresent()
                ? Reply.no("NOPERM", "you have no right to do this with the mailbox")
                : Reply.no(whenAbsent, "there is no such mailbox");
    }

    /** What this login may do with a mailbox, now. */
    Rights rights(MailboxId mailbox) {
        return mailbox.account().equals(account.id()) ? Rights.ALL : others().rights(mailbox);
    }

    /** Whether a name is one of the user's own namespace. */
    boolean isOwn(String name) {
        return !sees() || !OtherUsers.has(name);
    }

    /** Where a name leads; nowhere for a user whom there is not. */
    Optional<Place> place(String name) {
        return isOwn(name) ? Optional.of(new Place(account.id(), name)) : others().place(name);
    }

    /** The nearest mailbox above a name. */
    Optional<Mailbox> above(String name) {
        for (int at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
            Optional<Mailbox> above = find(name.substring(0, at));
            if (above.isPresent()) return above;
        }
        return Optional.empty();
    }

    /** RFC 4314 §4: whether this login has "k" on the nearest mailbox above a name. */
    boolean mayCreate(String name) {
        return isOwn(name) || above(name).filter(m -> rights(m.id()).has('k')).isPresent();
    }

    Mailbox alter(MailboxChange change) {
        return store().alter(account.id(), change);
    }

    /** Whether this is an administrator's login, still. */
    boolean administers() {
        return client.service().authenticator().current(account).stream()
                .anyMatch(Account::administrator);
    }

    private boolean sees() {
        return client.offers(Feature.ACL);
    }

    private OtherUsers others() {
        return new OtherUsers(store(), account.id());
    }

    private MailStore store() {
        return client.service().store();
    }
}
