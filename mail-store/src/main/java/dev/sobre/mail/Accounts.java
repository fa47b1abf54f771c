package dev.sobre.mail;

import java.util.List;
import java.util.Optional;

/** The accounts of a store and their stored passwords. Changes are durable on return. */
public interface Accounts {

    /**
     * Creates an account with the mailboxes INBOX, Drafts, Sent, Junk, Trash and Archive.
     *
     * @param passwordHash what {@link #passwordHash} gives back, in PHC or crypt form; never a
     *     plain password, but for stores that live in memory
     * @throws StoreException with {@link StoreException.Reason#EXISTS} when one of the addresses is
     *     taken
     */
    Account create(List<String> addresses, String passwordHash, boolean administrator);

    /** The account that has this address (in any letter case) among its addresses. */
    Optional<Account> find(String address);

    Optional<Account> get(AccountId id);

    List<Account> list();

    /** The stored password of an account that exists. */
    Optional<String> passwordHash(AccountId id);

    /**
     * Replaces the stored password.
     *
     * @throws StoreException with {@link StoreException.Reason#MISSING} when there is no such
     *     account
     */
    void setPasswordHash(AccountId id, String passwordHash);

    /** Removes the account and everything in it; false when there was none. */
    boolean remove(AccountId id);
}
