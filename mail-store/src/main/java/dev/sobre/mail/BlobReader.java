package dev.sobre.mail;

import dev.sobre.mail.mime.MessageOctets;
import dev.sobre.mail.mime.Outlet;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open body. Reads from any thread; holds what it reads from until closed. */
public interface BlobReader extends MessageOctets, AutoCloseable {

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
        copyTo(0, length(), to);
    }

    /** Hands so many octets on, a part at a time. */
    default void copyTo(long offset, long octets, Outlet to) throws IOException {
        var some = ByteBuffer.allocate((int) Math.min(octets, 64 * 1024));
        for (long done = 0; done < octets; done += some.limit()) {
            some.clear().limit((int) Math.min(some.capacity(), octets - done));
            if (read(offset + done, some) <= 0) throw new EOFException("a body is cut off");
            to.take(some.flip());
        }
    }

    @Override
    void close();
}
