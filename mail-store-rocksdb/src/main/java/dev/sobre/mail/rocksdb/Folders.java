package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.SpecialUse;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The names of an account's mailboxes and its subscriptions, as read at one moment. */
final class Folders {

    private static final String BELOW = "/";
    private static final String PAST_BELOW = "0"; // '0' is the character after '/'

    /** A mailbox that exists. */
    record Folder(long number, Optional<SpecialUse> use) {

        byte[] encode(String name) {
            return new ByteWriter(32)
                    .u8(1)
                    .text(name)
                    .text(use.map(SpecialUse::attribute).orElse(""))
                    .done();
        }
    }

    private final AccountId account;
    final NavigableMap<String, Folder> folders = new TreeMap<>();
    private final Set<String> subscribed = new TreeSet<>();

    private Folders(AccountId account) {
        this.account = account;
    }

    static Folders none(AccountId account) {
        return new Folders(account);
    }

    /** Reads them; an account that does not exist has none. */
    static Folders read(Reads reads, AccountId account) {
        var all = new Folders(account);
        reads.scan(
                Keys.of(Keys.MAILBOX, account),
                (key, value) -> {
                    var in = new ByteReader(value).version(1);
                    all.folders.put(in.text(), new Folder(Keys.last(key), use(in.text())));
                    return true;
                });
        reads.scan(
                Keys.of(Keys.SUBSCRIBED, account),
                (key, _) -> all.subscribed.add(Keys.text(key, 9)));
        return all;
    }

    private static Optional<SpecialUse> use(String attribute) {
        for (var use : SpecialUse.values()) {
            if (use.attribute().equals(attribute)) return Optional.of(use);
        }
        return Optional.empty();
    }

    /** Existing mailboxes, names that are only subscribed, and names that are only parents. */
    List<Mailbox> list() {
        Set<String> names = new TreeSet<>(subscribed);
        for (String name : folders.keySet()) {
            names.add(name);
            names.addAll(MailboxName.parents(name));
        }
        return names.stream().map(this::describe).toList();
    }

    boolean exists(String name) {
        return folders.containsKey(name);
    }

    void subscribe(String name) {
        subscribed.add(name);
    }

    void unsubscribe(String name) {
        subscribed.remove(name);
    }

    Mailbox describe(String name) {
        boolean listed = subscribed.contains(name);
        Folder folder = folders.get(name);
        return folder == null
                ? new Mailbox(new MailboxId(account, 0), name, false, listed, Optional.empty())
                : new Mailbox(id(folder), name, true, listed, folder.use);
    }

    MailboxId id(Folder folder) {
        return new MailboxId(account, folder.number);
    }

    /** The mailboxes below a name. */
    NavigableMap<String, Folder> below(String name) {
        return folders.subMap(name + BELOW, true, name + PAST_BELOW, false);
    }
}
