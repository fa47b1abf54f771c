package dev.sobre.imap.wire;

import dev.sobre.mail.BlobSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A literal that is a message, or a piece of one: its octets go into a sink as they arrive. */
public final class MessageLiteral {

    private final CommandOctets octets;
    private final long length;
    private final boolean pushed;
    private final boolean binary;

    MessageLiteral(CommandOctets octets, long length, boolean pushed, boolean binary) {
        this.octets = octets;
        this.length = length;
        this.pushed = pushed;
        this.binary = binary;
    }

    public long length() {
        return length;
    }

    /** Whether it is a literal8 (RFC 3516 §4.4), in which any octet may be. */
    public boolean binary() {
        return binary;
    }

    /** Whether it is over what may come uninvited (RFC 7888 §5). */
    public boolean isPushedTooFar() {
        return pushed && length > octets.limits().pushed();
    }

    /**
     * Invites the octets if need be, and writes them to the sink as they arrive. The command goes
     * on after them.
     *
     * @return false when there is something in it that can't be stored; it has been taken, and what
     *     is in the sink is worth nothing
     */
    public boolean transferTo(BlobSink sink) throws IOException, BadMessage {
        octets.invite(length);
        var text = new TextCheck(binary);
        long left = length;
        while (left > 0) {
            ByteBuffer some = octets.literalOctets(Integer.MAX_VALUE);
            int taken = some.remaining();
            if (text.take(some)) sink.write(some);
            octets.consume(taken);
            left -= taken;
        }
        octets.nextLine();
        return text.isText();
    }
}
