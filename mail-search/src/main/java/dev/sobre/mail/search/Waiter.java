package dev.sobre.mail.search;

/** Who waits for a search to end. */
@FunctionalInterface
public interface Waiter {

    /**
     * Whether nobody waits any more, so that the search ends. Asked now and then, on any thread.
     */
    boolean isGone();

    /** Called on the thread that asked, every second at least while it waits. */
    default void stillWaits() {}
}
