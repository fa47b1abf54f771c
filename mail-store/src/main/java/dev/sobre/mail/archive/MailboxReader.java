package dev.sobre.mail.archive;

import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The messages of one mailbox of an archive, one after another, by UID where they have some. */
interface MailboxReader extends AutoCloseable {

    /** Goes to the next message; false when there is none. */
    boolean next() throws IOException;

    /** Where the message is: its file, and its number where a file has many. */
    String where();

    /**
     * Copies the message, with whatever line ends it has there.
     *
     * @throws Unreadable when the archive can't give it; there may be others
     */
    void copyTo(OutputStream to) throws IOException;

    /** What is known of the message, once it was copied. */
    Facts facts();

    /** How the mailbox numbered its messages, as far as the archive has said it yet. */
    Optional<Numbering> numbers();

    /** What was odd since it was asked last. */
    default List<PassedOver> doubts() {
        return List.of();
    }

    /** The octets of files read so far. */
    long octetsRead();

    @Override
    void close() throws IOException;
}
