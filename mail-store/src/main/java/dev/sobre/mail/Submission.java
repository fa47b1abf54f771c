package dev.sobre.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One accepted mail: a body, the local accounts it is for, and the copies to be relayed. All of it
 * becomes durable at once or not at all.
 *
 * @param id makes {@link MailStore#accept} idempotent
 * @param sender the reverse-path, empty for bounces
 * @param local the mailboxes that get a copy (recipients of one account share one)
 * @param remote the recipients to be relayed
 * @param repeat by what it is known again: those who got it so before do not get it twice
 */
public record Submission(
        DeliveryId id,
        String sender,
        BlobSource body,
        Instant received,
        List<MailboxId> local,
        List<Spool.Entry> remote,
        Optional<Repeat> repeat) {

    public Submission {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    /** A mail that is known by its id alone. */
    public Submission(
            DeliveryId id,
            String sender,
            BlobSource body,
            Instant received,
            List<MailboxId> local,
            List<Spool.Entry> remote) {
        this(id, sender, body, received, local, remote, Optional.empty());
    }

    /** The same for some of its recipients. */
    public Submission to(List<MailboxId> mailboxes, List<Spool.Entry> entries) {
        return new Submission(id, sender, body, received, mailboxes, entries, repeat);
    }

    /** Whether nobody gets it. */
    public boolean isForNobody() {
        return local.isEmpty() && remote.isEmpty();
    }
}
