package dev.sobre.smtp;

import dev.sobre.smtp.DataFramer.Flaw;
import java.nio.ByteBuffer;

/**
 * Looks for what must not be passed on in a message that comes in chunks, cut anywhere: what {@link
 * DataFramer} finds where dots end messages.
 */
final class ChunkCheck {

    private Flaw flaw = Flaw.NONE;
    private byte last = '\n';
    private int line;

    void take(ByteBuffer octets) {
        for (int i = octets.position(); i < octets.limit() && flaw == Flaw.NONE; i++) {
            byte octet = octets.get(i);
            if ((octet == '\n') != (last == '\r')) flaw = Flaw.BARE_LINE_END;
            else if (octet == 0) flaw = Flaw.NUL;
            if (octet == '\n') line = 0;
            else if (octet != '\r' && ++line > DataFramer.LONGEST_LINE) flaw = Flaw.LINE_TOO_LONG;
            last = octet;
        }
    }

    void end() {
        if (flaw == Flaw.NONE && last == '\r') flaw = Flaw.BARE_LINE_END;
    }

    /** Whether the last line has its end. */
    boolean atLineStart() {
        return last == '\n';
    }

    Flaw flaw() {
        return flaw;
    }
}
