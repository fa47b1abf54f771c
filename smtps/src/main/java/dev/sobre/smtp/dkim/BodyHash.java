package dev.sobre.smtp.dkim;

import dev.sobre.mail.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The hash of a body that goes by, in its relaxed form. RFC 6376 §3.4.4. */
public final class BodyHash {

    private final MessageDigest digest = Sha256.fresh();
    private final byte[] out = new byte[8192];
    private int filled;
    private long lineEnds; // held back until something follows them
    private boolean blank; // held back until something follows it on its line
    private boolean carriageReturn;
    private boolean anything;

    /** Takes the next part, cut anywhere. */
    public void take(ByteBuffer part) {
        while (part.hasRemaining()) take(part.get());
    }

    private void take(byte octet) {
        if (carriageReturn) {
            carriageReturn = false;
            if (octet == '\n') {
                blank = false;
                lineEnds++;
                return;
            }
            keep((byte) '\r');
        }
        switch (octet) {
            case '\r' -> carriageReturn = true;
            case ' ', '\t' -> blank = true;
            default -> keep(octet);
        }
    }

    private void keep(byte octet) {
        for (; lineEnds > 0; lineEnds--) lineEnd();
        if (blank) put((byte) ' ');
        blank = false;
        put(octet);
        anything = true;
    }

    private void lineEnd() {
        put((byte) '\r');
        put((byte) '\n');
    }

    private void put(byte octet) {
        if (filled == out.length) drain();
        out[filled++] = octet;
    }

    private void drain() {
        digest.update(out, 0, filled);
        filled = 0;
    }

    /** The hash; nothing more can be taken. */
    public byte[] done() {
        if (carriageReturn) keep((byte) '\r');
        if (anything) lineEnd(); // lines that are empty to the end do not count
        drain();
        return digest.digest();
    }
}
