package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Annotations of mailboxes and accounts. RFC 5464. Those of a mailbox stay with it when it is
 * renamed and go with it. What is {@code /private} belongs to the mailbox's owner. Changes are
 * durable on return.
 */
public interface Metadata {

    /** The most entries of one mailbox, and of one account. */
    int MOST_ENTRIES = 100;

    /** The longest value, in octets. */
    int LONGEST_VALUE = 65_536;

    /**
     * The entries of a mailbox, by name in lower case.
     *
     * @throws StoreException with {@link Reason#MISSING} when there is no such mailbox
     */
    SortedMap<String, ByteBuffer> of(MailboxId mailbox);

    /** The entries of an account: those of the mailbox {@code ""}. */
    SortedMap<String, ByteBuffer> of(AccountId account);

    /**
     * Sets entries, or removes those that get no value; all of them or none. The mailbox's highest
     * MODSEQ moves on (RFC 7162 §3.2).
     *
     * @param entries by names that follow {@link EntryName}, in any letter case
     * @throws StoreException with {@link Reason#REFUSED} for a bad name, {@link Reason#TOO_LARGE}
     *     for a value that is too long (RFC 5464 §4.3: MAXSIZE), {@link Reason#LIMIT} when there
     *     would be too many (TOOMANY), {@link Reason#MISSING} when there is no such mailbox
     */
    void change(MailboxId mailbox, Map<String, Optional<ByteBuffer>> entries);

    /** As {@link #change(MailboxId, Map)}, for an account. */
    void change(AccountId account, Map<String, Optional<ByteBuffer>> entries);
}
