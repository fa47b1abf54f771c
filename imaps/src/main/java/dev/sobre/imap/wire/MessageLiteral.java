package dev.sobre.imap.wire;

import dev.sobre.mail.mime.Outlet;
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
     * Invites the octets if need be, and hands them on as they arrive. The command goes on after
     * them.
     *
     * @return false when there is a NUL where none may be (RFC 3501 §9, CHAR8); all has been taken,
     *     and what was handed on is worth nothing
     */
    public boolean transferTo(Outlet out) throws IOException, BadMessage {
        octets.invite(length);
        boolean good = true;
        long left = length;
        while (left > 0) {
            ByteBuffer some = octets.literalOctets(Integer.MAX_VALUE);
            int taken = some.remaining();
            good = good && (binary || !hasNul(some));
            if (good) out.take(some);
            octets.consume(taken);
            left -= taken;
        }
        octets.nextLine();
        return good;
    }

    private static boolean hasNul(ByteBuffer some) {
        for (int at = some.position(); at < some.limit(); at++) if (some.get(at) == 0) return true;
        return false;
    }
}
