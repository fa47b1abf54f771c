package dev.sobre.smtp;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.SpillingSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mailroom of an embedder: every recipient is known, and the embedder's code takes the mail.
 */
record ReceiverMailroom(Receiver receiver) implements Mailroom {

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir", "."));

    @Override
    public Recipient recipient(MailPath path, long octets) {
        return Recipient.Known.here(path, List.of());
    }

    @Override
    public boolean isForeign() {
        return true;
    }

    @Override
    public BlobSink sink(long limit) {
        return new SpillingSink(TEMPORARY, limit);
    }

    @Override
    public boolean deliver(Letter letter, BlobSource body, Optional<DeliveryId> name)
            throws IOException {
        receiver.receive(letter.envelope(), new MessageBody(body));
        return true;
    }
}
