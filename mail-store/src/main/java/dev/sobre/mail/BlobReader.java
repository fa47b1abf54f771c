package dev.sobre.mail;

import dev.sobre.mail.mime.MessageOctets;
import dev.sobre.mail.mime.Outlet;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open body. Reads from any thread; holds what it reads from until closed. */
public interface BlobReader extends MessageOctets, AutoCloseable {

    int COPIED_AT_ONCE = 64 * 1024;

    /** A body that lies in memory. */
    static BlobReader of(ByteBuffer octets) {
        return new BytesReader(octets);
    }

    static BlobReader of(byte[] octets) {
        return of(ByteBuffer.wrap(octets));
    }

    /** The length of the body in octets. */
    @Override
    long length();

    /**
     * Reads octets from {@code offset} on into {@code into}, as many as fit and exist.
     *
     * @return how many were read; -1 at the end
     * @throws IOException when the medium fails or the octets do not match their checksum
     */
    @Override
    int read(long offset, ByteBuffer into) throws IOException;

    /** Hands all octets on, a part at a time. */
    default void copyTo(Outlet to) throws IOException {
        var some = ByteBuffer.allocate((int) Math.min(length(), COPIED_AT_ONCE));
        for (long at = 0; at < length(); at += some.limit()) {
            if (read(at, some.clear()) <= 0) throw new EOFException("a body is cut off");
            to.take(some.flip());
        }
    }

    @Override
    void close();
}
