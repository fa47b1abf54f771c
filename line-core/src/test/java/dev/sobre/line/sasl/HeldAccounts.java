package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Address;
import dev.sobre.mail.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Accounts in a map, which fail when told to. */
final class HeldAccounts implements Accounts {

    volatile boolean reading = true;
    volatile boolean writing = true;

    private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
    private final Map<AccountId, String> passwords = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    @Override
    public Account create(List<String> addresses, String passwordHash, boolean administrator) {
        var account = new Account(new AccountId(ids.incrementAndGet()), addresses, administrator);
        accounts.put(account.id(), account);
        passwords.put(account.id(), passwordHash);
        return account;
    }

    @Override
    public Optional<Account> find(String address) {
        check(reading);
        String canonical = Address.canonical(address);
        return accounts.values().stream()
                .filter(account -> account.addresses().contains(canonical))
                .findAny();
    }

    @Override
    public Optional<Account> get(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public List<Account> list() {
        return new ArrayList<>(accounts.values());
    }

    @Override
    public Optional<String> passwordHash(AccountId id) {
        check(reading);
        return Optional.ofNullable(passwords.get(id));
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        check(writing);
        passwords.put(id, passwordHash);
    }

    @Override
    public boolean remove(AccountId id) {
        passwords.remove(id);
        return accounts.remove(id) != null;
    }

    private static void check(boolean works) {
        if (!works) throw new StoreException(StoreException.Reason.UNAVAILABLE, "disk is gone");
    }
}
