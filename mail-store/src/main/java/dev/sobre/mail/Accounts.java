package dev.sobre.mail;

import java.util.List;
import java.util.Optional;

/** The accounts of a store and their stored passwords. Changes are durable on return. */
public interface Accounts {

    /**
     * Creates an account with the mailboxes INBOX, Drafts, Sent, Junk, Trash and Archive.
     *
     * @throws StoreException with {@link StoreException.Reason#EXISTS} when one of the addresses is
     *     taken
     */
    Account create(NewAccount account);

    /** Creates an account without a name or limits. */
    default Account create(List<String> addresses, String passwordHash, boolean administrator) {
        return create(new NewAccount(addresses, passwordHash, "", administrator, Quota.NONE));
    }

    /** The account that has this very address (in any letter case) among its addresses. */
    Optional<Account> find(String address);

    Optional<Account> get(AccountId id);

    /** All accounts by address; for administrators' eyes, for there may be very many. */
    List<Account> list();

    /** How many there are; costs the same however many. */
    long count();

    /** Whether an account has an address or a catch-all at this domain; costs the same always. */
    boolean hasDomain(String domain);

    /** The administrator who was made first, of those who are not disabled. */
    Optional<Account> administrator();

    /** The account that was made first, of those who are not disabled. */
    Optional<Account> oldest();

    /**
     * Makes changes, all or none, in their order.
     *
     * @return the account after them
     * @throws StoreException with {@link StoreException.Reason#MISSING} when there is no such
     *     account, with {@link StoreException.Reason#EXISTS} when another has an address that is
     *     added, and as {@link AccountChange#apply} says
     */
    Account change(AccountId id, List<AccountChange> changes);

    /** How much the account holds. */
    Usage usage(AccountId id);

    /** Whether an account may hold so much more. */
    default boolean hasRoom(Account account, Usage more) {
        Quota quota = account.quota();
        return !quota.limited() || quota.allows(usage(account.id()).plus(more));
    }

    /** The stored password of an account that exists. */
    Optional<String> passwordHash(AccountId id);

    /**
     * Replaces the stored password.
     *
     * @throws StoreException with {@link StoreException.Reason#MISSING} when there is no such
     *     account
     */
    void setPasswordHash(AccountId id, String passwordHash);

    /** Replaces the stored password if it is the expected one still; whether it was. */
    boolean replacePasswordHash(AccountId id, String expected, String passwordHash);

    /** The further passwords of accounts, one for each program or device. */
    AppPasswords appPasswords();

    /** Removes the account and everything in it; false when there was none. */
    boolean remove(AccountId id);
}
