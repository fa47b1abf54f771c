package dev.sobre.mail;

import java.time.Instant;
import java.util.Optional;

/** The app passwords of a store's accounts. Changes are durable on return, but for uses. */
public interface AppPasswords {

    /** The most that one account has. */
    int MOST = 100;

    /** An account's app passwords; empty when it never had any. */
    Optional<Keyring> find(AccountId id);

    /**
     * An account's app passwords, with a salt that is made now if there was none.
     *
     * @throws StoreException with {@link StoreException.Reason#MISSING} when there is no such
     *     account
     */
    Keyring open(AccountId id);

    /**
     * Adds one, whose keys were made with the salt of {@link #open}.
     *
     * @throws StoreException with {@link StoreException.Reason#EXISTS} when the name is taken, with
     *     {@link StoreException.Reason#REFUSED} when there are {@link #MOST}, with {@link
     *     StoreException.Reason#MISSING} when the account has no salt
     */
    void add(AccountId id, AppPassword password);

    /** Takes one away; false when there was none of this name. */
    boolean revoke(AccountId id, String name);

    /** Writes down that one was used, soon: nobody waits, and a crash may forget it. */
    void used(AccountId id, String name, Instant when);

    /**
     * A salt for a user without app passwords, or whom there is not: always the same for a name, so
     * that asking twice tells nothing (RFC 5802 §9).
     */
    ScramSalt decoy(String user);
}
