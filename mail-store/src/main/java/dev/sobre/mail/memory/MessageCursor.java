package dev.sobre.mail.memory;

import dev.sobre.mail.Cursor;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.util.Optional;
import java.util.PrimitiveIterator;

/** Walks over messages as they were when the walk began, less those gone since. */
final class MessageCursor implements Cursor<Message> {

    private final MemoryMailbox mailbox;
    private final MailboxIndex index;
    private final PrimitiveIterator.OfInt positions;

    MessageCursor(MemoryMailbox mailbox, UidSet uids) {
        this.mailbox = mailbox;
        this.index = mailbox.index();
        this.positions = index.positions(uids);
    }

    @Override
    public Optional<Message> next() {
        while (positions.hasNext()) {
            Optional<Message> message = mailbox.message(index, positions.nextInt());
            if (message.isPresent()) return message;
        }
        return Optional.empty();
    }

    @Override
    public void close() {}
}
