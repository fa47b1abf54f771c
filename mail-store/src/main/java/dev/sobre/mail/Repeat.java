package dev.sobre.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * By what a mail is known again that a client sends twice, because our answer did not reach it. It
 * is looked for in its own window of time and in the one before, so it is known for one window at
 * least.
 *
 * @param mail names the mail, whoever it is for
 * @param since when the window of now began
 * @param before when the one before it began; what is older may be forgotten
 * @param recipients under which addresses the client wrote to mailboxes: each is a recipient of its
 *     own, and a mailbox had the mail when all of them had it
 */
public record Repeat(
        DeliveryId mail, Instant since, Instant before, Map<MailboxId, List<String>> recipients) {

    public Repeat {
        recipients = Map.copyOf(recipients);
    }

    /** A mail that came at {@code now}, in windows of a length. */
    public static Repeat within(
            Duration window,
            DeliveryId mail,
            Instant now,
            Map<MailboxId, List<String>> recipients) {
        long seconds = Math.max(1, window.toSeconds());
        var since = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
        return new Repeat(mail, since, since.minusSeconds(seconds), recipients);
    }

    /** What names the mail together with each of those who get it in a mailbox. */
    public List<DeliveryId> to(MailboxId mailbox) {
        String itself = mailbox.account().value() + "/" + mailbox.number();
        return recipients.getOrDefault(mailbox, List.of(itself)).stream().map(this::to).toList();
    }

    /** What names the mail together with one who gets it. */
    public DeliveryId to(String recipient) {
        var hash = Sha256.fresh();
        hash.update(ByteBuffer.allocate(16).putLong(mail.high()).putLong(mail.low()).flip());
        return DeliveryId.of(hash.digest(recipient.getBytes(StandardCharsets.UTF_8)));
    }
}
