package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Address;
import dev.sobre.mail.AppPasswords;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The accounts, stored under their numbers and found by their addresses. */
final class RocksAccounts implements Accounts {

    private final Engine engine;
    private final CommitQueue queue;
    private final FolderLists folders;
    private final AccountsRead read;
    private final RocksAppPasswords appPasswords;

    RocksAccounts(Engine engine, CommitQueue queue, FolderLists folders, AccountsRead read) {
        this.engine = engine;
        this.queue = queue;
        this.folders = folders;
        this.read = read;
        this.appPasswords = new RocksAppPasswords(engine, queue);
    }

    /**
     * A commit that shares its group, so that many accounts at once are few syncs: all that it
     * reads it asks of the group, and the mailboxes of an account that is not there yet are none.
     */
    @Override
    public Account create(NewAccount wanted) {
        Account unnumbered = wanted.numbered(new AccountId(0)); // refused here, if it is
        return change(
                group -> {
                    var entries = new AccountEntries(group);
                    entries.requireFree(unnumbered.addresses(), Optional.empty());
                    var id = new AccountId(Counters.nextAccount(group));
                    var account = wanted.numbered(id);
                    entries.add(new StoredAccount(account, wanted.passwordHash()));
                    AlterFolders.ofNewAccount(group, id, folders).furnish();
                    return account;
                });
    }

    @Override
    public Optional<Account> find(String address) {
        String canonical = Address.canonical(address);
        return read.id(canonical, () -> engine.get(Keys.address(canonical)).map(AccountEntries::id))
                .flatMap(this::stored)
                .map(StoredAccount::account);
    }

    @Override
    public Optional<Account> get(AccountId id) {
        return stored(id).map(StoredAccount::account);
    }

    @Override
    public List<Account> list() {
        List<Account> all = new ArrayList<>();
        return engine.read(
                reads -> {
                    reads.scan(
                            Keys.prefix(Keys.ACCOUNT),
                            (key, value) -> {
                                var id = new AccountId(Keys.last(key));
                                return all.add(StoredAccount.decode(id, value).account());
                            });
                    all.sort(Comparator.comparing(Account::address));
                    return all;
                });
    }

    @Override
    public long count() {
        return engine.read(AccountEntries::count);
    }

    @Override
    public boolean hasDomain(String domain) {
        return engine.get(Keys.domain(Address.canonical(domain))).isPresent();
    }

    @Override
    public Optional<Account> administrator() {
        return first(Keys.ADMINISTRATOR, _ -> true);
    }

    @Override
    public Optional<Account> oldest() {
        return first(Keys.ACCOUNT, account -> !account.disabled());
    }

    /** The first such account of those whose ids stand behind a prefix. */
    private Optional<Account> first(byte prefix, Predicate<Account> such) {
        return engine.read(
                reads -> {
                    List<Account> found = new ArrayList<>(1);
                    reads.scan(
                            Keys.prefix(prefix),
                            (key, _) -> {
                                stored(reads, new AccountId(Keys.last(key)))
                                        .map(StoredAccount::account)
                                        .filter(such)
                                        .ifPresent(found::add);
                                return found.isEmpty();
                            });
                    return found.stream().findFirst();
                });
    }

    /** Alone, because others of its group may have asked for the quota already. */
    @Override
    public Account change(AccountId id, List<AccountChange> changes) {
        return change(Commit.byItself(group -> change(group, id, changes)));
    }

    /** Whoever asks later than this returns is told of the change. */
    private <T> T change(Commit<T> commit) {
        try {
            return queue.run(commit);
        } finally {
            read.forget();
        }
    }

    private static Account change(Group group, AccountId id, List<AccountChange> changes) {
        var entries = new AccountEntries(group);
        var before = entries.find(id).orElseThrow(RocksAccounts::missing);
        Account after = before.account();
        for (var change : changes) after = change.apply(after);
        entries.requireFree(after.addresses(), Optional.of(id));
        entries.replace(before, new StoredAccount(after, before.passwordHash()));
        return after;
    }

    @Override
    public Usage usage(AccountId id) {
        if (stored(id).isEmpty()) throw missing();
        return engine.get(Keys.usage(id)).map(Held::decode).orElse(Usage.NONE);
    }

    @Override
    public Optional<String> passwordHash(AccountId id) {
        return stored(id).map(StoredAccount::passwordHash);
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        change(
                group -> {
                    var old =
                            new AccountEntries(group).find(id).orElseThrow(RocksAccounts::missing);
                    return setPasswordHash(group, old, passwordHash);
                });
    }

    @Override
    public boolean replacePasswordHash(AccountId id, String expected, String passwordHash) {
        return change(
                group ->
                        new AccountEntries(group)
                                .find(id)
                                .filter(old -> old.passwordHash().equals(expected))
                                .map(old -> setPasswordHash(group, old, passwordHash))
                                .orElse(false));
    }

    private static boolean setPasswordHash(Group group, StoredAccount old, String passwordHash) {
        var changed = new StoredAccount(old.account(), passwordHash);
        group.put(Keys.account(old.account().id()), changed.encode());
        return true;
    }

    @Override
    public AppPasswords appPasswords() {
        return appPasswords;
    }

    @Override
    public boolean remove(AccountId id) {
        return change(Commit.byItself(group -> remove(group, id)));
    }

    private boolean remove(Group group, AccountId id) {
        var entries = new AccountEntries(group);
        var old = entries.find(id);
        if (old.isEmpty()) return false;
        new AlterFolders(group, id, folders).clear();
        entries.remove(old.get());
        group.delete(Keys.of(Keys.KEYRING, id));
        group.forget(id);
        return true;
    }

    private Optional<StoredAccount> stored(AccountId id) {
        return read.account(
                id,
                () -> engine.get(Keys.account(id)).map(value -> StoredAccount.decode(id, value)));
    }

    private static Optional<StoredAccount> stored(Reads reads, AccountId id) {
        return reads.get(Keys.account(id)).map(value -> StoredAccount.decode(id, value));
    }

    static StoreException missing() {
        return new StoreException(Reason.MISSING, "there is no such account");
    }
}
