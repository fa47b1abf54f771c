package dev.sobre.line;

import java.io.IOException;

/** Thrown out of a session's read or write when the server ends it; sessions let it pass. */
public final class SessionEnded extends IOException {

    private final Farewell why;

    public SessionEnded(Farewell why) {
        super("session ended: " + why);
        this.why = why;
    }

    public Farewell why() {
        return why;
    }

    /** No stack trace: this is an everyday end, not a fault. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
