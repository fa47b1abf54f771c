package dev.sobre.mail.memory;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Address;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of a store in memory. Their mailboxes come and go with them in the store. */
final class MemoryAccounts implements Accounts {

    /** What the store does when an account comes or goes; called once the account is known. */
    interface Housekeeping {
        void moveIn(AccountId account);

        void moveOut(AccountId account);
    }

    private record Entry(Account account, String passwordHash) {}

    private final Housekeeping housekeeping;
    private final Map<AccountId, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, AccountId> byAddress = new ConcurrentHashMap<>();
    private long last;

    MemoryAccounts(Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
    }

    @Override
    public synchronized Account create(
            List<String> addresses, String passwordHash, boolean administrator) {
        List<String> canonical = addresses.stream().map(Address::canonical).distinct().toList();
        var account = new Account(new AccountId(last + 1), canonical, administrator);
        for (String address : canonical) {
            if (byAddress.containsKey(address)) {
                throw new StoreException(Reason.EXISTS, address + " is taken");
            }
        }
        last++;
        housekeeping.moveIn(account.id());
        byId.put(account.id(), new Entry(account, passwordHash));
        for (String address : canonical) byAddress.put(address, account.id());
        return account;
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
    public Optional<String> passwordHash(AccountId id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::passwordHash);
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        Entry changed = byId.computeIfPresent(id, (i, e) -> new Entry(e.account, passwordHash));
        if (changed == null) throw new StoreException(Reason.MISSING, "there is no such account");
    }

    @Override
    public synchronized boolean remove(AccountId id) {
        Entry gone = byId.remove(id);
        if (gone == null) return false;
        byAddress.keySet().removeAll(gone.account.addresses());
        housekeeping.moveOut(id);
        return true;
    }
}
