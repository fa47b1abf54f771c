package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.util.Collection;
import java.util.Optional;

/** The entries by which accounts are found and counted, kept in step with the accounts. */
final class AccountEntries {

    private static final byte[] PRESENT = {1};
    private static final byte[] COUNT = Keys.counter("accounts");

    private final Group group;

    AccountEntries(Group group) {
        this.group = group;
    }

    Optional<StoredAccount> find(AccountId id) {
        return group.get(Keys.account(id)).map(value -> StoredAccount.decode(id, value));
    }

    /** Refuses addresses that another account has. */
    void requireFree(Collection<String> addresses, Optional<AccountId> owner) {
        for (String address : addresses) {
            var holder = group.get(Keys.address(address)).map(AccountEntries::id);
            if (holder.isPresent() && !holder.equals(owner)) {
                throw new StoreException(Reason.EXISTS, address + " is taken");
            }
        }
    }

    void add(StoredAccount stored) {
        group.put(Keys.account(stored.account().id()), stored.encode());
        lead(stored.account());
        add(COUNT, 1);
    }

    void replace(StoredAccount before, StoredAccount after) {
        mislead(before.account());
        group.put(Keys.account(after.account().id()), after.encode());
        lead(after.account());
    }

    void remove(StoredAccount gone) {
        mislead(gone.account());
        group.delete(Keys.account(gone.account().id()));
        add(COUNT, -1);
    }

    private void lead(Account account) {
        byte[] number = new ByteWriter(8).i64(account.id().value()).done();
        for (String address : account.addresses()) {
            group.put(Keys.address(address), number);
            add(Keys.domain(domain(address)), 1);
        }
        if (account.administrator() && !account.disabled()) {
            group.put(Keys.of(Keys.ADMINISTRATOR, account.id()), PRESENT);
        }
    }

    private void mislead(Account account) {
        for (String address : account.addresses()) {
            group.delete(Keys.address(address));
            add(Keys.domain(domain(address)), -1);
        }
        group.delete(Keys.of(Keys.ADMINISTRATOR, account.id()));
    }

    private void add(byte[] key, long more) {
        long now = group.get(key).map(AccountEntries::number).orElse(0L) + more;
        if (now == 0) group.delete(key);
        else group.put(key, new ByteWriter(8).i64(now).done());
    }

    static long count(Reads reads) {
        return reads.get(COUNT).map(AccountEntries::number).orElse(0L);
    }

    static AccountId id(byte[] value) {
        return new AccountId(number(value));
    }

    static long number(byte[] value) {
        return new ByteReader(value).i64();
    }

    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
