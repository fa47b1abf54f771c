package dev.sobre.mail;

import java.util.Optional;

/** A change to an account's set of mailboxes. Names follow {@link MailboxName}. */
public sealed interface MailboxChange {

    /** Makes a mailbox and any parents that are missing. */
    record Create(String name, Optional<SpecialUse> use) implements MailboxChange {
        public Create(String name) {
            this(name, Optional.empty());
        }
    }

    /**
     * Renames a mailbox and everything below it. Renaming INBOX moves its messages to a new mailbox
     * and leaves INBOX empty (RFC 9051 §6.3.6).
     */
    record Rename(String from, String to) implements MailboxChange {}

    /**
     * Deletes a mailbox and its messages. INBOX stays. One with mailboxes below it is kept as a
     * name that cannot be selected (RFC 9051 §6.3.5).
     */
    record Delete(String name) implements MailboxChange {}

    /** Subscribes to a name, whether or not a mailbox of that name exists. */
    record Subscribe(String name) implements MailboxChange {}

    record Unsubscribe(String name) implements MailboxChange {}
}
