package dev.sobre.imap;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What somebody else does to a mailbox. */
record Elsewhere(MailStore store, MailboxId mailbox) {

    void append(int count) {
        byte[] octets = "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            var body = BlobSource.Bytes.of(octets);
            var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.now());
            store.append(mailbox, List.of(delivery));
        }
    }

    void change(long uid, Flags added) {
        var add = new FlagChange(FlagChange.Kind.ADD, added);
        store.store(mailbox, UidSet.of(uid), add, Long.MAX_VALUE);
    }
}
