package dev.sobre.imap.wire;

import dev.sobre.mail.BlobSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message that an APPEND announced and whose octets are still to come. It is either taken, or
 * refused; then {@link ImapReader#drop} passes over it.
 */
public final class MessageLiteral {

    private final ImapReader reader;
    private final long length;
    private final boolean pushed;

    MessageLiteral(ImapReader reader, long length, boolean pushed) {
        this.reader = reader;
        this.length = length;
        this.pushed = pushed;
    }

    public long length() {
        return length;
    }

    /** Whether it is over what may come uninvited (RFC 7888 §5). */
    public boolean isPushedTooFar() {
        return pushed && length > reader.limits().pushed();
    }

    /**
     * Invites the message if need be, and writes it to the sink as it arrives. With it the command
     * ends.
     */
    public void transferTo(BlobSink sink) throws IOException, BadMessage {
        reader.invite(length);
        long left = length;
        while (left > 0) {
            ByteBuffer some = reader.literalOctets(Integer.MAX_VALUE);
            int taken = some.remaining();
            sink.write(some);
            reader.consume(taken);
            left -= taken;
        }
        reader.nextLine();
        reader.endOfLine();
    }
}
