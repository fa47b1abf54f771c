package dev.sobre.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Writes octets as lines of base64 (RFC 2045 §6.8), one body after the other. */
final class Base64Lines {

    private static final int LINE = 57; // octets that make a line of 76 characters
    private static final int LINES = 256;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder();

    private final Outlet out;
    private final byte[] pending = new byte[LINE * LINES];
    private final byte[] encoded = new byte[(LINE / 3 * 4 + CRLF.length) * LINES - CRLF.length];
    private int length;
    private boolean begun;

    Base64Lines(Outlet out) {
        this.out = out;
    }

    void take(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            int some = Math.min(octets.remaining(), pending.length - length);
            octets.get(pending, length, some);
            length += some;
            if (length == pending.length) write(pending);
        }
    }

    /**
     * Ends a body, without the end of its last line.
     *
     * @return whether there was anything
     */
    boolean end() throws IOException {
        if (length > 0) write(Arrays.copyOf(pending, length));
        boolean any = begun;
        begun = false;
        return any;
    }

    private void write(byte[] octets) throws IOException {
        if (begun) out.take(ByteBuffer.wrap(CRLF));
        begun = true;
        length = 0;
        out.take(ByteBuffer.wrap(encoded, 0, ENCODER.encode(octets, encoded)));
    }
}
