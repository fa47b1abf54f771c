package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The reverse-path as it is stored; empty for none. */
    String reversePath() {
        return sender.map(MailPath::toString).orElse("");
    }

    /** When it may be delivered, or leave. */
    Instant release() {
        return asked.timing().earliest(received);
    }

    /** Whether it is to wait for that time (RFC 4865). */
    boolean waits() {
        return release().isAfter(received);
    }

    /** The mailboxes of all recipients, each once. */
    List<MailboxId> mailboxes() {
        return recipients.stream().flatMap(r -> r.mailboxes().stream()).distinct().toList();
    }

    /** Whom the client named for each of these mailboxes: their owners, or aliases of theirs. */
    Map<MailboxId, List<String>> recipientsByMailbox() {
        Map<MailboxId, List<String>> all = new HashMap<>();
        for (var each : recipients) {
            String address = Address.canonical(each.path().address());
            for (var mailbox : each.mailboxes()) {
                all.computeIfAbsent(mailbox, _ -> new ArrayList<>()).add(address);
            }
        }
        return all;
    }
}
