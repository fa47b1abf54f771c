package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.io.IOException;

/**
 * A body made ready on its caller's thread: summed in memory, or durable already in a segment of
 * its own.
 */
interface Ready {

    /** Gives the body its place, on the writer thread. */
    BlobRef place(Group group) throws IOException;

    /** Frees what a body that got no place occupies. */
    void discard();
}
