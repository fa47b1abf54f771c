package dev.sobre.mail.archive;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Message;
import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.util.List;

/** Writes mail in one form, mailbox after mailbox. */
interface ArchiveWriter extends AutoCloseable {

    /** Where a mailbox's messages go, relative to the archive's folder. */
    String place(String mailbox);

    /**
     * Begins a mailbox.
     *
     * @return up to which UID its messages are there from a run before; {@link Long#MAX_VALUE} when
     *     all are
     */
    long begin(String place, Numbering numbers) throws IOException;

    /**
     * Writes a message; its UID is higher than those before.
     *
     * @throws Unreadable when the body can't be read; nothing of it is left
     */
    void add(Message message, BlobReader body) throws IOException;

    /** Makes the mailbox durable and whole. */
    void end() throws IOException;

    /** Writes what belongs to no one mailbox. */
    void finish(List<Mailbox> mailboxes) throws IOException;

    /** Leaves an unfinished mailbox as it is. */
    @Override
    void close() throws IOException;
}
