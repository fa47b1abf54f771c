package dev.sobre.imap.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a reader gets the octets that follow the first line of a command. */
public interface ImapInput {

    /** Where nothing follows. */
    ImapInput NONE =
            new ImapInput() {
                @Override
                public byte[] line() throws IOException {
                    throw new EOFException();
                }

                @Override
                public ByteBuffer octets() throws IOException {
                    throw new EOFException();
                }

                @Override
                public void consume(int octets) {}

                @Override
                public void invite() {}
            };

    /** The next line of the same command, without its line end. */
    byte[] line() throws IOException;

    /** A view of the octets that have come, at least one; waits for it. */
    ByteBuffer octets() throws IOException;

    /** Takes octets of that view. */
    void consume(int octets) throws IOException;

    /** Tells the peer to go on with a literal it announced (RFC 3501 §7.5). */
    void invite() throws IOException;
}
