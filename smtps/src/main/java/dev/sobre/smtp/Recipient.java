package dev.sobre.smtp;

import dev.sobre.mail.MailboxId;
import java.util.List;

/** What a {@link Mailroom} makes of a forward-path. */
sealed interface Recipient {

    /**
     * Someone who can be delivered to.
     *
     * @param mailboxes where in the store; empty where an embedder takes the mail, or it goes on
     * @param elsewhere whether the mail goes on to another server
     * @param wishes what the client asked for
     */
    record Known(MailPath path, List<MailboxId> mailboxes, boolean elsewhere, Wishes wishes)
            implements Recipient {

        static Known here(MailPath path, List<MailboxId> mailboxes) {
            return new Known(path, mailboxes, false, Wishes.NONE);
        }

        static Known elsewhere(MailPath path) {
            return new Known(path, List.of(), true, Wishes.NONE);
        }

        Known with(Wishes asked) {
            return new Known(path, mailboxes, elsewhere, asked);
        }
    }

    /** Someone who can't. */
    record Refused(Reply reply) implements Recipient {}
}
