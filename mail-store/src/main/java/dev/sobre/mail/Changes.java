package dev.sobre.mail;

import java.util.List;

/** What happened in a mailbox after a MODSEQ. */
public sealed interface Changes {

    /**
     * @param updated messages that are new or have other flags, in UID order
     * @param vanished messages that were there and are gone
     * @param state the mailbox now
     */
    record Since(List<StoreResult.Updated> updated, UidSet vanished, MailboxState state)
            implements Changes {}

    /** The record of changes does not reach back so far: look at the whole mailbox. */
    record TooOld(MailboxState state) implements Changes {}
}
