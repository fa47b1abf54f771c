package dev.sobre.smtp.relay;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings reports to the inboxes of a store; to senders elsewhere by its spool. */
public record StoreReturns(MailStore store, Recipients recipients) implements Returns {

    private static final Logger LOG = LoggerFactory.getLogger(StoreReturns.class);

    @Override
    public void bring(DeliveryId id, String sender, byte[] report) {
        int at = sender.lastIndexOf('@');
        if (at < 0) return;
        String domain = sender.substring(at + 1);
        switch (recipients.resolve(sender)) {
            case Answer.To(var account, var _) ->
                    store.find(account.id(), Mailbox.INBOX)
                            .ifPresent(inbox -> accept(id, report, List.of(inbox.id()), List.of()));
            case Answer.Nobody _ -> LOG.info("nobody is there for a report to {}", sender);
            case Answer.Elsewhere _ -> {
                var entry = new Spool.Entry(sender, domain, Instant.now(), 0, "");
                accept(id, report, List.of(), List.of(entry));
            }
        }
    }

    /** The report's own sender is nobody: what becomes of it is reported to nobody. */
    private void accept(
            DeliveryId id, byte[] report, List<MailboxId> local, List<Spool.Entry> remote) {
        try {
            var body = BlobSource.Bytes.of(report);
            store.accept(new Submission(id, "", body, Instant.now(), local, remote));
        } catch (StoreException e) {
            if (e.reason() != Reason.OVER_QUOTA) throw e;
            LOG.info("a report found its mailbox full");
        }
    }
}
