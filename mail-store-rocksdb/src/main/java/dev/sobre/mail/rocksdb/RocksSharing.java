package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The access lists, each grant stored under its mailbox and under who has it. */
final class RocksSharing implements Sharing {

    private final Engine engine;
    private final CommitQueue queue;

    RocksSharing(Engine engine, CommitQueue queue) {
        this.engine = engine;
        this.queue = queue;
    }

    @Override
    public Map<AccountId, Rights> list(MailboxId mailbox) {
        return engine.read(
                reads -> {
                    Mailboxes.readState(reads, mailbox); // refuses one that does not exist
                    return read(reads, mailbox);
                });
    }

    @Override
    public void grant(MailboxId mailbox, AccountId to, Rights rights) {
        queue.run(Commit.byItself(group -> grant(group, mailbox, to, rights)));
    }

    private static boolean grant(Group group, MailboxId mailbox, AccountId to, Rights rights) {
        group.mailbox(mailbox);
        boolean known = to.equals(ANYONE) || group.get(Keys.account(to)).isPresent();
        if (!known) throw RocksAccounts.missing();
        if (to.equals(mailbox.account())) {
            throw new StoreException(Reason.REFUSED, "an owner has all rights");
        }
        if (rights.isEmpty()) {
            take(group, mailbox, to);
            return true;
        }
        var list = group.read(reads -> read(reads, mailbox));
        if (list.size() >= MOST_GRANTS && !list.containsKey(to)) {
            throw new StoreException(Reason.LIMIT, "too many accounts have rights on the mailbox");
        }
        byte[] letters = rights.letters().getBytes(StandardCharsets.US_ASCII);
        group.put(Keys.grant(mailbox, to), letters);
        group.put(Keys.granted(to, mailbox), letters);
        return true;
    }

    @Override
    public List<MailboxId> sharedWith(AccountId account) {
        return engine.read(
                reads ->
                        Stream.of(account, ANYONE)
                                .flatMap(to -> granted(reads, to).stream())
                                .filter(mailbox -> !mailbox.account().equals(account))
                                .distinct()
                                .sorted(
                                        Comparator.comparingLong(
                                                        (MailboxId id) -> id.account().value())
                                                .thenComparingLong(MailboxId::number))
                                .toList());
    }

    /** Removes what was granted on a mailbox that goes. */
    static void dropMailbox(Group group, MailboxId mailbox) {
        group.read(reads -> read(reads, mailbox)).keySet().forEach(a -> take(group, mailbox, a));
    }

    /** Removes what was granted to an account that goes. */
    static void dropAccount(Group group, AccountId account) {
        group.read(reads -> granted(reads, account)).forEach(m -> take(group, m, account));
    }

    private static void take(Group group, MailboxId mailbox, AccountId from) {
        group.delete(Keys.grant(mailbox, from));
        group.delete(Keys.granted(from, mailbox));
    }

    private static Map<AccountId, Rights> read(Reads reads, MailboxId mailbox) {
        Map<AccountId, Rights> list = new HashMap<>();
        reads.scan(
                Keys.of(Keys.GRANT, mailbox),
                (key, value) -> {
                    var letters = new String(value, StandardCharsets.US_ASCII);
                    list.put(new AccountId(Keys.last(key)), new Rights(letters));
                    return true;
                });
        return Map.copyOf(list);
    }

    private static List<MailboxId> granted(Reads reads, AccountId account) {
        List<MailboxId> mailboxes = new ArrayList<>();
        reads.scan(
                Keys.of(Keys.GRANTED, account),
                (key, _) -> mailboxes.add(Keys.grantedMailbox(key)));
        return mailboxes;
    }
}
