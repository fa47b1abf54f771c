package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Usage;
import java.util.Optional;
import java.util.TreeMap;

/** Changes of an account's mailboxes and subscriptions. Made within a commit that is alone. */
final class AlterFolders {

    private static final byte[] PRESENT = {1};

    private final Group group;
    private final AccountId account;
    private final Folders folders;

    AlterFolders(Group group, AccountId account, FolderLists lists) {
        this(group, account, group.read(reads -> Folders.read(reads, account)), lists);
    }

    private AlterFolders(Group group, AccountId account, Folders folders, FolderLists lists) {
        this.group = group;
        this.account = account;
        this.folders = folders;
        group.afterwards(() -> lists.changed(account));
    }

    /** The mailboxes of an account that is being made: none; such a commit need not be alone. */
    static AlterFolders ofNewAccount(Group group, AccountId account, FolderLists lists) {
        return new AlterFolders(group, account, Folders.none(account), lists);
    }

    /** Makes the mailboxes that every account has. */
    void furnish() {
        add(Mailbox.INBOX, Optional.empty());
        add("Drafts", Optional.of(SpecialUse.DRAFTS));
        add("Sent", Optional.of(SpecialUse.SENT));
        add("Junk", Optional.of(SpecialUse.JUNK));
        add("Trash", Optional.of(SpecialUse.TRASH));
        add("Archive", Optional.of(SpecialUse.ARCHIVE));
        for (String name : folders.folders.keySet()) subscribe(name);
    }

    Mailbox apply(MailboxChange change) {
        if (group.get(Keys.account(account)).isEmpty()) throw RocksAccounts.missing();
        return switch (change) {
            case MailboxChange.Create c -> create(MailboxName.usable(c.name()), c.use());
            case MailboxChange.Rename r ->
                    rename(MailboxName.canonical(r.from()), MailboxName.usable(r.to()));
            case MailboxChange.Delete d -> delete(MailboxName.canonical(d.name()));
            case MailboxChange.Subscribe s -> subscribe(MailboxName.usable(s.name()));
            case MailboxChange.Unsubscribe u -> unsubscribe(MailboxName.canonical(u.name()));
        };
    }

    private Mailbox create(String name, Optional<SpecialUse> use) {
        if (folders.exists(name)) throw exists(name);
        addParents(name);
        add(name, use);
        return folders.describe(name);
    }

    private Mailbox rename(String from, String to) {
        if (!folders.exists(from) && folders.below(from).isEmpty()) throw missing(from);
        if (folders.exists(to) || !folders.below(to).isEmpty()) throw exists(to);
        if (from.equals(Mailbox.INBOX)) return emptyInbox(to);
        if (to.startsWith(from + Mailbox.SEPARATOR)) {
            throw new StoreException(Reason.REFUSED, "a mailbox can't be moved below itself");
        }
        var moving = new TreeMap<>(folders.below(from));
        var top = folders.folders.get(from);
        if (top != null) moving.put(from, top);
        for (String name : moving.keySet()) MailboxName.usable(to + name.substring(from.length()));
        folders.folders.keySet().removeAll(moving.keySet());
        addParents(to);
        moving.forEach((name, folder) -> name(to + name.substring(from.length()), folder));
        return folders.describe(to);
    }

    // RFC 9051 §6.3.6: INBOX stays with what is below it. InboxRename moves its messages.
    private Mailbox emptyInbox(String to) {
        addParents(to);
        add(to, Optional.empty());
        return folders.describe(to);
    }

    private Mailbox delete(String name) {
        if (name.equals(Mailbox.INBOX)) {
            throw new StoreException(Reason.REFUSED, "INBOX can't be deleted");
        }
        if (!folders.exists(name)) {
            if (folders.below(name).isEmpty()) throw missing(name);
            throw new StoreException(Reason.REFUSED, "there are mailboxes below " + name);
        }
        Mailbox last = folders.describe(name);
        drop(last.id());
        folders.folders.remove(name);
        return last;
    }

    /** Removes all mailboxes, subscriptions, threads, annotations and grants. */
    void clear() {
        folders.folders.values().forEach(folder -> drop(folders.id(folder)));
        group.deleteAll(Keys.of(Keys.SUBSCRIBED, account));
        group.deleteAll(Keys.of(Keys.THREAD, account));
        group.deleteAll(Keys.of(Keys.METADATA, account));
        RocksSharing.dropAccount(group, account);
    }

    private Mailbox subscribe(String name) {
        group.put(Keys.subscribed(account, name), PRESENT);
        folders.subscribe(name);
        return folders.describe(name);
    }

    private Mailbox unsubscribe(String name) {
        group.delete(Keys.subscribed(account, name));
        folders.unsubscribe(name);
        return folders.describe(name);
    }

    private void addParents(String name) {
        for (String parent : MailboxName.parents(name)) {
            if (!folders.exists(parent)) add(parent, Optional.empty());
        }
    }

    private MailboxId add(String name, Optional<SpecialUse> use) {
        var folder = new Folders.Folder(Counters.nextMailbox(group), use);
        MailboxId id = folders.id(folder);
        group.put(
                Keys.of(Keys.STATE, id),
                StoredState.fresh(Counters.nextUidValidity(group)).encode());
        name(name, folder);
        return id;
    }

    private void name(String name, Folders.Folder folder) {
        folders.folders.put(name, folder);
        group.put(Keys.of(Keys.MAILBOX, folders.id(folder)), folder.encode(name));
    }

    private void drop(MailboxId id) {
        var counters = group.mailbox(id).counters();
        group.held(account).take(new Usage(counters.octets(), counters.messages()));
        group.delete(Keys.of(Keys.MAILBOX, id));
        group.delete(Keys.of(Keys.STATE, id));
        group.delete(Keys.of(Keys.RECENT, id));
        group.deleteAll(Keys.of(Keys.METADATA, id));
        RocksSharing.dropMailbox(group, id);
        group.deleteAll(Keys.of(Keys.ROW, id));
        group.deleteAll(Keys.of(Keys.INDEX, id));
        group.deleteAll(Keys.of(Keys.CHANGE, id));
        group.vanish(id);
    }

    private static StoreException exists(String name) {
        return new StoreException(Reason.EXISTS, "there is a mailbox " + name + " already");
    }

    private static StoreException missing(String name) {
        return new StoreException(Reason.MISSING, "there is no mailbox " + name);
    }
}
