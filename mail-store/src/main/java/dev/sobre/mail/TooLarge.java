package dev.sobre.mail;

import java.io.IOException;

/** A body that grew beyond the limit of its {@link BlobSink}. What had come of it is dropped. */
public final class TooLarge extends IOException {

    private final long limit;

    public TooLarge(long limit) {
        super("more than " + limit + " octets");
        this.limit = limit;
    }

    /** The most octets there could have been. */
    public long limit() {
        return limit;
    }
}
