package dev.sobre.smtp;

import dev.sobre.mail.mime.Outlet;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The strict reader of what follows DATA: finds CRLF.CRLF and nothing else as the end (RFC 5321
 * §4.1.1.4), takes away the dots of transparency (§4.5.2) and notices what must not be passed on. A
 * message with a flaw is read to its true end; what was handed on of it is worth nothing.
 */
final class DataFramer {

    /** What may be wrong with a message. */
    enum Flaw {
        NONE,
        /** A CR or LF on its own (§2.3.8): the way in for smuggled commands. */
        BARE_LINE_END,
        NUL,
        LINE_TOO_LONG
    }

    /** §4.5.3.1.6 asks for 1,000; much of today's HTML mail has longer lines. */
    static final int LONGEST_LINE = 64 * 1024;

    private enum State {
        LINE_START,
        DOT,
        DOT_CR,
        TEXT,
        CR,
        END
    }

    private State state = State.LINE_START;
    private Flaw flaw = Flaw.NONE;
    private int line;

    boolean ended() {
        return state == State.END;
    }

    /** The first flaw seen. */
    Flaw flaw() {
        return flaw;
    }

    /**
     * Looks at all octets, or at those up to the end of the message.
     *
     * @return how many belong to the message and its end
     */
    int take(ByteBuffer in, Outlet out) throws IOException {
        int from = in.position(); // of the run that is not handed on yet
        int at = from;
        while (at < in.limit() && state != State.END) {
            byte octet = in.get(at++);
            if (state == State.LINE_START && octet == '.') {
                hand(in, from, at - 1, out); // the dot goes
                from = at;
                state = State.DOT;
            } else if (state == State.DOT && octet == '\r') {
                from = at; // held back: it may belong to the end
                state = State.DOT_CR;
            } else if (state == State.DOT_CR && octet == '\n') {
                from = at;
                state = State.END;
            } else {
                text(octet);
            }
        }
        hand(in, from, at, out);
        return at - in.position();
    }

    private void text(byte octet) {
        boolean afterCr = state == State.CR || state == State.DOT_CR;
        if (afterCr && octet != '\n') blame(Flaw.BARE_LINE_END);
        switch (octet) {
            case '\r' -> state = State.CR;
            case '\n' -> {
                if (!afterCr) blame(Flaw.BARE_LINE_END);
                state = afterCr ? State.LINE_START : State.TEXT;
                line = 0;
            }
            default -> {
                if (octet == 0) blame(Flaw.NUL);
                if (++line > LONGEST_LINE) blame(Flaw.LINE_TOO_LONG);
                state = State.TEXT;
            }
        }
    }

    private void blame(Flaw found) {
        if (flaw == Flaw.NONE) flaw = found;
    }

    private void hand(ByteBuffer in, int from, int to, Outlet out) throws IOException {
        if (to > from && flaw == Flaw.NONE) out.take(in.slice(from, to - from));
    }
}
