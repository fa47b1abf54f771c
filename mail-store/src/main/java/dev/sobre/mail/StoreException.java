package dev.sobre.mail;

/** A store refused or failed. The message is in plain words and fit for a client to see. */
public final class StoreException extends RuntimeException {

    /** What kind of refusal this is, for the answer's response code. */
    public enum Reason {
        /** The name or address is taken. */
        EXISTS,
        /** There is no such thing (any more). */
        MISSING,
        /** The request can't be granted, now or later. */
        REFUSED,
        /** The disk or another bound of the store is reached; may work later. */
        FULL,
        /** It would be more than the account's quota allows. */
        OVER_QUOTA,
        /** There would be more of something than there may be. */
        LIMIT,
        /** It is longer than it may be. */
        TOO_LARGE,
        /** The medium failed; may work later, or an administrator must look. */
        UNAVAILABLE,
        /** What is stored is damaged. */
        DAMAGED
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
