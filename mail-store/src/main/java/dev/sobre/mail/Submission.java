package dev.sobre.mail;

import java.time.Instant;
import java.util.List;

/**
 * One accepted mail: a body, the local accounts it is for, and the copies to be relayed. All of it
 * becomes durable at once or not at all.
 *
 * @param id makes {@link MailStore#accept} idempotent
 * @param sender the reverse-path, empty for bounces
 * @param local the mailboxes that get a copy (recipients of one account share one)
 * @param remote the recipients to be relayed
 */
public record Submission(
        DeliveryId id,
        String sender,
        BlobSource body,
        Instant received,
        List<MailboxId> local,
        List<Spool.Entry> remote) {

    public Submission {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }
}
