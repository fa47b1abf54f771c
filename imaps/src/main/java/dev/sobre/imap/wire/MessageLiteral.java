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
     *
     * @return false when a NUL is in it (RFC 3501 §9, CHAR8, has none); it has been taken, and what
     *     is in the sink is worth nothing
     */
    public boolean transferTo(BlobSink sink) throws IOException, BadMessage {
        octets.invite(length);
        boolean sound = true;
        long left = length;
        while (left > 0) {
            ByteBuffer some = octets.literalOctets(Integer.MAX_VALUE);
            int taken = some.remaining();
            sound = sound && !hasNul(some);
            if (sound) sink.write(some);
            octets.consume(taken);
            left -= taken;
        }
        octets.nextLine();
        octets.endOfLine();
        return sound;
    }

    private static boolean hasNul(ByteBuffer some) {
        for (int at = some.position(); at < some.limit(); at++) if (some.get(at) == 0) return true;
        return false;
    }
}
