package dev.sobre.mail;

import java.util.List;
import java.util.Set;

/**
 * An account to be made.
 *
 * @param addresses as {@link Account#addresses}, in any letter case
 * @param passwordHash what {@link Accounts#passwordHash} gives back, in PHC or crypt form; never a
 *     plain password, but for stores that live in memory
 */
public record NewAccount(
        List<String> addresses,
        String passwordHash,
        String displayName,
        boolean administrator,
        Quota quota) {

    public NewAccount {
        addresses = addresses.stream().map(Address::canonical).distinct().toList();
        if (addresses.isEmpty()) throw new IllegalArgumentException("an account has an address");
    }

    /** An account without a name, rights or limits. */
    public static NewAccount of(String address, String passwordHash) {
        return new NewAccount(List.of(address), passwordHash, "", false, Quota.NONE);
    }

    /**
     * The account that it becomes.
     *
     * @throws StoreException with {@link StoreException.Reason#REFUSED} when something of it can't
     *     be
     */
    public Account numbered(AccountId id) {
        AccountBounds.loginName(addresses.getFirst());
        addresses.forEach(AccountBounds::address);
        AccountBounds.addresses(addresses.size());
        AccountBounds.displayName(displayName);
        return new Account(id, displayName, addresses, administrator, false, quota, Set.of());
    }

    @Override
    public String toString() {
        return "NewAccount[" + addresses.getFirst() + "]";
    }
}
