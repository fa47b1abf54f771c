package dev.sobre.mail;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where mail lives. Every call blocks until it is done, may be made from any thread, and what it
 * returns is durable where the backend is. A refusal or failure is a {@link StoreException}.
 *
 * <p>Who calls may be a virtual thread that an event loop carries: a backend lets it wait, as locks
 * and futures do, but reads no disk and computes for no more than a millisecond on it; see {@link
 * Aside}.
 *
 * <p>UIDs ascend and are used once; UIDVALIDITY does not change while a mailbox lives, unless it is
 * given back the one it had ({@link #adopt}). A MODSEQ is visible only after the change that has it
 * is durable, and nobody sees N+1 before N.
 */
public interface MailStore extends AutoCloseable {

    Accounts accounts();

    /** A place to write a body that arrives; at most {@code limit} octets. */
    BlobSink sink(long limit);

    /** Opens a body that a message or an entry of the spool has. */
    BlobReader open(BlobRef body);

    /** All mailboxes of an account, subscribed names included, sorted by name. */
    List<Mailbox> list(AccountId account);

    /** The mailbox of this name, INBOX in any letter case; empty when none can be selected. */
    default Optional<Mailbox> find(AccountId account, String name) {
        String wanted = MailboxName.canonical(name);
        return list(account).stream()
                .filter(mailbox -> mailbox.exists() && mailbox.name().equals(wanted))
                .findFirst();
    }

    /** Creates, renames, deletes or subscribes; returns the mailbox as it is then (or was last). */
    Mailbox alter(AccountId account, MailboxChange change);

    /** The counters of a mailbox. */
    MailboxState state(MailboxId mailbox);

    /** The packed index of a mailbox at this moment; it never changes afterwards. */
    MailboxIndex index(MailboxId mailbox);

    /**
     * Claims messages as recent (RFC 3501 §2.3.2) for one session, so that no other does: all below
     * a UID that nobody has claimed yet. The claim holds at once and is durable a little later;
     * when it is lost in a crash, messages are recent again.
     *
     * @param below 0 to claim none and only ask
     * @return the first UID that was not claimed before this call
     */
    long claimRecent(MailboxId mailbox, long below);

    /**
     * Delivers one mail to all its local mailboxes and the spool, atomically and once per id; where
     * it has a {@link Repeat}, to those alone who did not get it by another id before. What waited
     * in the spool may be delivered to mailboxes by its own id later, and is there once, too.
     *
     * @throws StoreException with {@link StoreException.Reason#OVER_QUOTA} when there is no room in
     *     one of the accounts; then nobody gets it
     */
    Accepted accept(Submission submission);

    /**
     * Appends messages, all or none; idempotent by delivery id.
     *
     * @throws StoreException with {@link StoreException.Reason#OVER_QUOTA} when they do not fit
     */
    List<Appended> append(MailboxId mailbox, List<Delivery> deliveries);

    /**
     * Appends messages that were elsewhere before, under the UIDs they had where they say one, all
     * or none; idempotent by delivery id.
     *
     * @throws StoreException with {@link StoreException.Reason#REFUSED} when the UIDs do not ascend
     *     from the mailbox's UIDNEXT on, those of messages delivered before aside; with {@link
     *     StoreException.Reason#OVER_QUOTA} when they do not fit
     */
    List<Appended> restore(MailboxId mailbox, List<Restored> messages);

    /**
     * Gives a mailbox, all of whose messages were restored, the numbers it had, so that clients may
     * keep what they know of it. It stays as it is when messages came or went since it was {@code
     * seen}, when this store has used the UIDVALIDITY before (it never repeats), and when the
     * UIDNEXT would be lower than it is.
     *
     * @return the counters after that
     */
    MailboxState adopt(MailboxId mailbox, MailboxState seen, Numbering numbering);

    /** The messages of a set that exist, in UID order. */
    Cursor<Message> messages(MailboxId mailbox, UidSet uids);

    /** The ids of the messages of a set that exist, in UID order; cheaper than the messages. */
    default Cursor<MessageIds> ids(MailboxId mailbox, UidSet uids) {
        Cursor<Message> messages = messages(mailbox, uids);
        return new Cursor<>() {
            @Override
            public Optional<MessageIds> next() {
                return messages.next().map(m -> new MessageIds(m.uid(), m.emailId(), m.threadId()));
            }

            @Override
            public void close() {
                messages.close();
            }
        };
    }

    /**
     * Changes flags.
     *
     * @param unchangedSince leaves messages with a higher MODSEQ alone (RFC 7162 §3.1.3); {@link
     *     Long#MAX_VALUE} for no condition
     */
    StoreResult store(MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince);

    /** Removes those messages of the set that have {@code \Deleted}; returns the ones removed. */
    Vanished expunge(MailboxId mailbox, UidSet uids);

    /**
     * Copies or moves messages with their flags and dates; bodies are shared, not copied, but a
     * copy counts in full against the quota.
     *
     * @throws StoreException with {@link StoreException.Reason#OVER_QUOTA} when they do not fit
     */
    CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move);

    /** What happened after {@code sinceModSeq}. This is the truth that {@link #watch} hints at. */
    Changes changes(MailboxId mailbox, long sinceModSeq);

    /**
     * Calls {@code hint} after something changed in a mailbox of the account: messages, its name,
     * its metadata; with the number 0 after a change of the account's own metadata, or of names
     * that are only subscribed. Hints may be merged, lost or repeated, come on any thread, and must
     * return at once.
     */
    Subscription watch(AccountId account, Consumer<MailboxId> hint);

    /** Annotations of mailboxes and accounts. */
    Metadata metadata();

    /** Who may do what with the mailboxes of others. */
    Sharing sharing();

    /** The queue of mail to be relayed. */
    Spool spool();

    @Override
    void close();
}
