package dev.sobre.line;

import java.io.IOException;

/** Thrown when the peer is gone; sessions let it pass. */
public final class EndOfStream extends IOException {

    private final boolean clean;

    EndOfStream(boolean clean) {
        super(clean ? "the client closed the connection" : "the connection broke off");
        this.clean = clean;
    }

    /** Whether the peer said close_notify (RFC 8446 §6.1); a cut stream may lack octets. */
    public boolean clean() {
        return clean;
    }

    /** No stack trace: this is an everyday end, not a fault. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
