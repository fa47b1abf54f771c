package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.AppPasswords;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.Usage;
import java.util.List;
import java.util.Optional;

/** The accounts of a store whose disk fails when told to. */
final class TroubledAccounts implements Accounts {

    volatile boolean reading = true;
    volatile boolean writing = true;

    /** What happens just before a hash is replaced. */
    volatile Runnable meanwhile = () -> {};

    private final Accounts accounts;

    TroubledAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Account create(NewAccount account) {
        return accounts.create(account);
    }

    @Override
    public long count() {
        return accounts.count();
    }

    @Override
    public boolean hasDomain(String domain) {
        return accounts.hasDomain(domain);
    }

    @Override
    public Optional<Account> administrator() {
        return accounts.administrator();
    }

    @Override
    public Optional<Account> oldest() {
        return accounts.oldest();
    }

    @Override
    public Account change(AccountId id, List<AccountChange> changes) {
        return accounts.change(id, changes);
    }

    @Override
    public Usage usage(AccountId id) {
        return accounts.usage(id);
    }

    @Override
    public boolean replacePasswordHash(AccountId id, String expected, String passwordHash) {
        check(writing);
        meanwhile.run();
        return accounts.replacePasswordHash(id, expected, passwordHash);
    }

    @Override
    public AppPasswords appPasswords() {
        return accounts.appPasswords();
    }

    @Override
    public Optional<Account> find(String address) {
        check(reading);
        return accounts.find(address);
    }

    @Override
    public Optional<Account> get(AccountId id) {
        check(reading);
        return accounts.get(id);
    }

    @Override
    public List<Account> list() {
        check(reading);
        return accounts.list();
    }

    @Override
    public Optional<String> passwordHash(AccountId id) {
        check(reading);
        return accounts.passwordHash(id);
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        check(writing);
        accounts.setPasswordHash(id, passwordHash);
    }

    @Override
    public boolean remove(AccountId id) {
        check(writing);
        return accounts.remove(id);
    }

    private static void check(boolean works) {
        if (!works) throw new StoreException(StoreException.Reason.UNAVAILABLE, "disk is gone");
    }
}
