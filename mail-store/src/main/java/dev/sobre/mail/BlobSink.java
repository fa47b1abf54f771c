package dev.sobre.mail;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A body on its way in, written as it arrives: in memory while small, then in a file of its own.
 * Closing a sink discards what was not handed to the store. Used by one thread.
 */
public interface BlobSink extends AutoCloseable {

    /** Takes all remaining octets. */
    void write(ByteBuffer octets) throws IOException;

    /** Octets written so far. */
    long length();

    /** Ends the writing. The source is good until this sink is closed. */
    BlobSource finish() throws IOException;

    @Override
    void close();
}
