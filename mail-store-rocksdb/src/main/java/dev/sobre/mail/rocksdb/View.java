package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxIndex;

/** What everybody sees of a mailbox at one moment. */
record View(StoredState state, MailboxIndex index) {

    View after(Delta step) {
        return new View(step.after(), step.apply(index));
    }
}
