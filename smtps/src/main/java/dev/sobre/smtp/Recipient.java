package dev.sobre.smtp;

import dev.sobre.mail.MailboxId;
import java.util.List;

/** What a {@link Mailroom} makes of a forward-path. */
sealed interface Recipient {

    /**
     * Someone who can be delivered to.
     *
     * @param mailboxes where in the store; empty where an embedder takes the mail
     */
    record Known(MailPath path, List<MailboxId> mailboxes) implements Recipient {}

    /** Someone who can't. */
    record Refused(Reply reply) implements Recipient {}
}
