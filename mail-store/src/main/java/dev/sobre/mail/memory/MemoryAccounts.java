package dev.sobre.mail.memory;

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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The accounts of a store in memory. Their mailboxes come and go with them in the store. */
final class MemoryAccounts implements Accounts {

    /** What the store does when an account comes or goes; called once the account is known. */
    interface Housekeeping {
        void moveIn(AccountId account);

        void moveOut(AccountId account);

        /** What is in the account's mailboxes. */
        Usage usage(AccountId account);
    }

    private record Entry(Account account, String passwordHash) {}

    private final Housekeeping housekeeping;
    private final Map<AccountId, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, AccountId> byAddress = new ConcurrentHashMap<>();
    private final MemoryAppPasswords appPasswords = new MemoryAppPasswords(byId::containsKey);
    private long last;

    MemoryAccounts(Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
    }

    @Override
    public synchronized Account create(NewAccount wanted) {
        var account = wanted.numbered(new AccountId(last + 1));
        requireFree(account.addresses(), account.id());
        last++;
        housekeeping.moveIn(account.id());
        byId.put(account.id(), new Entry(account, wanted.passwordHash()));
        for (String address : account.addresses()) byAddress.put(address, account.id());
        return account;
    }

    private void requireFree(Collection<String> addresses, AccountId forWhom) {
        for (String address : addresses) {
            if (!byAddress.getOrDefault(address, forWhom).equals(forWhom)) {
                throw new StoreException(Reason.EXISTS, address + " is taken");
            }
        }
    }

    @Override
    public Optional<Account> find(String address) {
        return Optional.ofNullable(byAddress.get(Address.canonical(address))).flatMap(this::get);
    }

    @Override
    public Optional<Account> get(AccountId id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::account);
    }

    @Override
    public List<Account> list() {
        return byId.values().stream()
                .map(Entry::account)
                .sorted(Comparator.comparing(Account::address))
                .toList();
    }

    @Override
    public long count() {
        return byId.size();
    }

    @Override
    public boolean hasDomain(String domain) {
        String end = "@" + Address.canonical(domain);
        return byAddress.keySet().stream().anyMatch(address -> address.endsWith(end));
    }

    @Override
    public Optional<Account> administrator() {
        return oldest(Account::administrator);
    }

    @Override
    public Optional<Account> oldest() {
        return oldest(_ -> true);
    }

    private Optional<Account> oldest(Predicate<Account> wanted) {
        return byId.values().stream()
                .map(Entry::account)
                .filter(account -> !account.disabled() && wanted.test(account))
                .min(Comparator.comparingLong(account -> account.id().value()));
    }

    @Override
    public synchronized Account change(AccountId id, List<AccountChange> changes) {
        Account before = get(id).orElseThrow(MemoryAccounts::missing);
        Account after = before;
        for (var change : changes) after = change.apply(after);
        requireFree(after.addresses(), id);
        var changed = after;
        replace(id, e -> new Entry(changed, e.passwordHash));
        byAddress.keySet().removeAll(before.addresses());
        for (String address : after.addresses()) byAddress.put(address, id);
        return after;
    }

    @Override
    public Usage usage(AccountId id) {
        return housekeeping.usage(id);
    }

    @Override
    public Optional<String> passwordHash(AccountId id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::passwordHash);
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        replace(id, e -> new Entry(e.account, passwordHash));
    }

    @Override
    public synchronized boolean replacePasswordHash(
            AccountId id, String expected, String passwordHash) {
        if (!passwordHash(id).equals(Optional.of(expected))) return false;
        setPasswordHash(id, passwordHash);
        return true;
    }

    private synchronized void replace(AccountId id, UnaryOperator<Entry> change) {
        Entry changed = byId.computeIfPresent(id, (_, e) -> change.apply(e));
        if (changed == null) throw missing();
    }

    @Override
    public AppPasswords appPasswords() {
        return appPasswords;
    }

    @Override
    public synchronized boolean remove(AccountId id) {
        Entry gone = byId.remove(id);
        if (gone == null) return false;
        byAddress.keySet().removeAll(gone.account.addresses());
        appPasswords.forget(id);
        housekeeping.moveOut(id);
        return true;
    }

    static StoreException missing() {
        return new StoreException(Reason.MISSING, "there is no such account");
    }
}
