package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.util.List;
import java.util.Map;

/**
 * Who else may do what with a mailbox: its access list. RFC 4314. The store keeps it and says what
 * it gives; the store does not enforce it: who acts for somebody asks here first. Rights stay with
 * a mailbox when it is renamed, go with it, and go with the account that had them. There are no
 * negative rights. Changes are durable on return.
 */
public interface Sharing {

    /** In the place of an account: everybody who can log in. RFC 4314 §2: {@code anyone}. */
    AccountId ANYONE = new AccountId(0);

    /** The most accounts that have rights on one mailbox. */
    int MOST_GRANTS = 1000;

    /**
     * What is granted on a mailbox; the owner's rights are not listed.
     *
     * @throws StoreException with {@link Reason#MISSING} when there is no such mailbox
     */
    Map<AccountId, Rights> list(MailboxId mailbox);

    /**
     * Grants rights instead of those granted before; {@link Rights#NONE} takes them all.
     *
     * @throws StoreException with {@link Reason#MISSING} when there is no such mailbox or account,
     *     {@link Reason#REFUSED} when the account owns the mailbox, {@link Reason#LIMIT} when too
     *     many have rights
     */
    void grant(MailboxId mailbox, AccountId to, Rights rights);

    /**
     * What an account may do: an owner all, another what it or anyone was granted.
     *
     * @throws StoreException with {@link Reason#MISSING} when there is no such mailbox
     */
    default Rights rights(MailboxId mailbox, AccountId account) {
        Map<AccountId, Rights> granted = list(mailbox);
        if (mailbox.account().equals(account)) return Rights.ALL;
        return granted.getOrDefault(account, Rights.NONE)
                .plus(granted.getOrDefault(ANYONE, Rights.NONE));
    }

    /** The mailboxes of others on which this account, or anyone, was granted something. */
    List<MailboxId> sharedWith(AccountId account);
}
