package dev.sobre.mail.archive;

import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Passes stored bodies on, piece by piece. */
final class Octets {

    private static final int PIECE = 64 << 10;

    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

    /**
     * Copies a body.
     *
     * @throws Unreadable when the store can't give all of it
     */
    void copy(BlobReader from, OutputStream to) throws IOException {
        long done = 0;
        while (done < from.length()) {
            int read = read(from, done);
            to.write(piece.array(), 0, read);
            done += read;
        }
    }

    private int read(BlobReader from, long offset) throws Unreadable {
        piece.clear();
        try {
            int read = from.read(offset, piece);
            if (read > 0) return read;
        } catch (IOException e) {
            throw new Unreadable("its octets are damaged: " + e.getMessage(), e);
        }
        throw new Unreadable("its octets end after " + offset);
    }
}
