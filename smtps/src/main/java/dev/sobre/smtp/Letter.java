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
        Asked asked,
        List<Recipient.Known> recipients) {

    Letter {
        recipients = List.copyOf(recipients);
    }

    /** The mail that a client has described. */
    static Letter of(Submitter.Writing mail) {
        return new Letter(
                DeliveryId.random(),
                Instant.now(),
                mail.account(),
                mail.sender(),
                mail.asked(),
                mail.recipients());
    }

    Envelope envelope() {
        return new Envelope(
                account, sender, recipients.stream().map(Recipient.Known::path).toList());
    }

    /** The mailboxes of all recipients, each once. */
    List<MailboxId> mailboxes() {
        return recipients.stream().flatMap(r -> r.mailboxes().stream()).distinct().toList();
    }
}
