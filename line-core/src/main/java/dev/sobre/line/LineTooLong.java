package dev.sobre.line;

import java.io.IOException;

/** A line was longer than the limit. The whole of it was taken; the connection is still usable. */
public final class LineTooLong extends IOException {

    LineTooLong(int limit) {
        super("line longer than " + limit + " octets");
    }

    /** No stack trace: the peer's doing, not a fault. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
