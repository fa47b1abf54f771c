package dev.sobre.imap.wire;

import java.nio.ByteBuffer;

/**
 * Looks whether octets are lines of text, which can be stored. RFC 3501 §9, CHAR8: there is no NUL.
 * Where the client says that they are binary, line ends are not put right either, as that would
 * damage them.
 */
final class TextCheck {

    private final boolean strict;
    private boolean text = true;
    private boolean afterCr;

    TextCheck(boolean strict) {
        this.strict = strict;
    }

    /** Looks at further octets, and leaves them; false when it is no text. */
    boolean take(ByteBuffer some) {
        for (int at = some.position(); text && at < some.limit(); at++) {
            byte c = some.get(at);
            boolean bare = afterCr != (c == '\n');
            if (c == 0 || (strict && bare)) text = false;
            afterCr = c == '\r';
        }
        return text;
    }

    /** Whether all of it was text. */
    boolean isText() {
        return text && !(strict && afterCr);
    }
}
