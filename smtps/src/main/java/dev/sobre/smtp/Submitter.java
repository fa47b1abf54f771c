package dev.sobre.smtp;

import dev.sobre.mail.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a client has come: from an unknown to a mail with recipients. */
sealed interface Submitter {

    /** Not logged in. */
    record Unknown() implements Submitter {}

    /** Logged in, no mail under way. */
    record Idle(Account account) implements Submitter {}

    /**
     * Between MAIL and the end of its message.
     *
     * @param asked in the parameters of MAIL
     * @param recipients grows with each RCPT
     */
    record Writing(
            Account account,
            Optional<MailPath> sender,
            Asked asked,
            List<Recipient.Known> recipients)
            implements Submitter {

        static Writing from(Account account, Optional<MailPath> sender, Asked asked) {
            return new Writing(account, sender, asked, new ArrayList<>());
        }
    }
}
