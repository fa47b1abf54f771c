package dev.sobre.mail.search;

/** A search was given up before it was done. The message is fit for a client to see. */
public final class SearchStopped extends RuntimeException {

    /** Why. */
    public enum Reason {
        /** It took longer than {@link SearchSettings.Looking#longest}. */
        TOO_LONG,
        /** Whoever asked does not want the answer any more, or the {@link Search} was closed. */
        CANCELLED,
        /** More would have to be held in memory than may be. */
        TOO_MUCH,
        /** Too many others wait already. */
        BUSY
    }

    private final Reason reason;

    SearchStopped(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
