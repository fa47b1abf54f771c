package dev.sobre.smtp;

import dev.sobre.mail.Account;
import java.util.List;
import java.util.Optional;

/**
 * Who a mail is from and for.
 *
 * @param account who submitted it
 * @param sender the reverse-path; empty for {@code <>}
 * @param recipients the forward-paths in the order given, at least one
 */
public record Envelope(Account account, Optional<MailPath> sender, List<MailPath> recipients) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }
}
