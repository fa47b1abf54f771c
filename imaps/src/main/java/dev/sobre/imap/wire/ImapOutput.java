package dev.sobre.imap.wire;

import dev.sobre.mail.BlobReader;
import java.io.IOException;

/** Where a writer puts its octets; it waits while the peer does not read. */
public interface ImapOutput {

    void write(byte[] octets, int from, int length) throws IOException;

    /** Writes octets of a stored body, without holding all of them. */
    void writeBody(BlobReader body, long offset, long length) throws IOException;
}
