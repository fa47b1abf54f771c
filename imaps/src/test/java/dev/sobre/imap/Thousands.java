package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.time.Instant;
import java.util.List;

/** Very many messages, of which each thousand has the same bodies. */
final class Thousands {

    private Thousands() {}

    /** Puts a thousand messages into one mailbox, and so many times a thousand into another. */
    static void of(int many, MemoryStore store, MailboxId first, MailboxId into) {
        for (int i = 0; i < 1000; i++) {
            var body = BlobSource.Bytes.of(("Subject: " + i + "\r\n\r\ny\r\n").getBytes(US_ASCII));
            var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.EPOCH);
            store.append(first, List.of(delivery));
        }
        for (int i = 0; i < many; i++) store.copy(first, UidSet.ALL, into, false);
    }
}
