package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A mail whose envelope is complete. */
record Letter(
        DeliveryId id,
        Instant received,
        Account account,
        Optional<MailPath> sender,
        List<Recipient.Known> recipients) {

    Envelope envelope() {
        return new Envelope(
                account, sender, recipients.stream().map(Recipient.Known::path).toList());
    }

    /** The mailboxes of all recipients, each once. */
    List<MailboxId> mailboxes() {
        return recipients.stream().flatMap(r -> r.mailboxes().stream()).distinct().toList();
    }
}
