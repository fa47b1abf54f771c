package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts accounts in order, and all by which they are found and counted. */
final class MendAccounts {

    private static final byte[] ALL = {
        Keys.ACCOUNT,
        Keys.USAGE,
        Keys.KEYRING,
        Keys.SUBSCRIBED,
        Keys.THREAD,
        Keys.MAILBOX,
        Keys.STATE,
        Keys.RECENT,
        Keys.ROW,
        Keys.MESSAGE,
        Keys.CHANGE,
        Keys.GONE
    };

    private static final byte[] OF_NOBODY = {
        Keys.USAGE,
        Keys.KEYRING,
        Keys.SUBSCRIBED,
        Keys.THREAD,
        Keys.STATE,
        Keys.RECENT,
        Keys.ROW,
        Keys.CHANGE
    };

    private static final byte[] PRESENT = {1};

    private final Mending m;
    private final MendMailboxes mailboxes;
    private final Map<String, Long> domains = new HashMap<>();
    private long accounts;
    private long last;

    MendAccounts(Mending mending, MendMailboxes mailboxes) {
        this.m = mending;
        this.mailboxes = mailboxes;
    }

    void run() {
        for (byte kind : new byte[] {Keys.ADDRESS, Keys.DOMAIN, Keys.ADMINISTRATOR}) {
            m.draft().deleteAll(Keys.prefix(kind));
        }
        var numbers = new Numbers(m.reads(), ALL, 1);
        for (var next = numbers.next(); next.isPresent(); next = numbers.next()) {
            account(new AccountId(new ByteReader(next.get()).i64()));
        }
        domains.forEach((domain, count) -> number(Keys.domain(domain), count));
        number(Keys.counter("accounts"), accounts);
        atLeast("account", last);
    }

    private void account(AccountId id) {
        last = Math.max(last, id.value());
        Optional<StoredAccount> known =
                m.reads()
                        .get(Keys.account(id))
                        .flatMap(v -> m.entries().decode(() -> StoredAccount.decode(id, v)));
        if (known.isEmpty() && !hasMail(id)) {
            nobody(id);
            return;
        }
        var stored = known.orElseGet(() -> recreate(m, id));
        lead(stored);
        ring(id);
        Usage held = mailboxes.run(id);
        m.draft().put(Keys.usage(id), Held.encode(held, 0));
    }

    /** Whether an account whose record is gone had anything that is not to be lost. */
    private boolean hasMail(AccountId id) {
        if (m.reads().hasAny(Keys.of(Keys.MAILBOX, id))) return true;
        var numbers = new Numbers(m.reads(), id, new byte[] {Keys.MESSAGE});
        for (var next = numbers.next(); next.isPresent(); next = numbers.next()) {
            var mailbox = new MailboxId(id, new ByteReader(next.get(), 8).i64());
            if (!m.reads().has(Keys.of(Keys.GONE, mailbox))) return true;
        }
        return false;
    }

    private void nobody(AccountId id) {
        m.draft().delete(Keys.account(id));
        for (byte kind : OF_NOBODY) m.draft().deleteAll(Keys.of(kind, id));
    }

    /** An account in the place of one whose record is gone: nobody can log in to it. */
    static StoredAccount recreate(Mending m, AccountId id) {
        var account =
                new Account(
                        id,
                        "Recovered account " + id.value(),
                        List.of(address(id)),
                        false,
                        true,
                        Quota.NONE,
                        Set.of());
        var stored = new StoredAccount(account, "!");
        m.draft().put(Keys.account(id), stored.encode());
        m.say(
                "account number %d had lost its record: it is disabled, and called %s"
                        .formatted(id.value(), address(id)));
        return stored;
    }

    private static String address(AccountId id) {
        return "recovered-" + id.value() + "@recovered.invalid";
    }

    private void lead(StoredAccount stored) {
        accounts++;
        Account account = stored.account();
        List<String> free = new ArrayList<>();
        for (String address : account.addresses()) {
            if (!m.reads().has(Keys.address(address))) free.add(address);
        }
        if (free.isEmpty()) free.add(address(account.id()));
        if (!free.equals(account.addresses())) {
            m.say(
                    account.address()
                            + " has addresses that others have too: it is "
                            + free
                            + " now");
            account =
                    new Account(
                            account.id(),
                            account.displayName(),
                            free,
                            account.administrator(),
                            account.disabled(),
                            account.quota(),
                            account.switchedOff());
            var fewer = new StoredAccount(account, stored.passwordHash());
            m.draft().put(Keys.account(account.id()), fewer.encode());
        }
        for (String address : free) {
            number(Keys.address(address), account.id().value());
            domains.merge(AccountEntries.domain(address), 1L, Long::sum);
        }
        if (account.administrator() && !account.disabled()) {
            m.draft().put(Keys.of(Keys.ADMINISTRATOR, account.id()), PRESENT);
        }
    }

    private void ring(AccountId id) {
        byte[] key = Keys.of(Keys.KEYRING, id);
        boolean bad =
                m.reads()
                        .get(key)
                        .filter(
                                v ->
                                        m.entries()
                                                .decode(() -> RocksAppPasswords.decode(v))
                                                .isEmpty())
                        .isPresent();
        if (!bad) return;
        m.say("the app passwords of account number " + id.value() + " could not be read");
        m.draft().delete(key);
    }

    private void number(byte[] key, long number) {
        m.draft().put(key, new ByteWriter(8).i64(number).done());
    }

    private void atLeast(String counter, long least) {
        if (Counters.last(m.reads(), counter) < least) number(Keys.counter(counter), least);
    }
}
