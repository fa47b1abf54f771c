package dev.sobre.imap.wire;

import dev.sobre.mail.BlobSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message that an APPEND announced and whose octets are still to come. It is either taken, or
 * refused; then {@link ImapReader#drop} passes over it.
 */
public final class MessageLiteral {

    private final CommandOctets octets;
    private final long length;
    private final boolean pushed;

    MessageLiteral(CommandOctets octets, long length, boolean pushed) {
        this.octets = octets;
        this.length = length;
        this.pushed = pushed;
    }

    public long length() {
        return length;
    }

    /** Whether it is over what may come uninvited (RFC 7888 §5). */
    public boolean isPushedTooFar() {
        return pushed && length > octets.limits().pushed();
    }

    /**
     * Invites the message if need be, and writes it to the sink as it arrives. With it the command
     * ends.
     */
    public void transferTo(BlobSink sink) throws IOException, BadMessage {
        octets.invite(length);
        long left = length;
        while (left > 0) {
            ByteBuffer some = octets.literalOctets(Integer.MAX_VALUE);
            int taken = some.remaining();
            sink.write(some);
            octets.consume(taken);
            left -= taken;
        }
        octets.nextLine();
        octets.endOfLine();
    }
}
