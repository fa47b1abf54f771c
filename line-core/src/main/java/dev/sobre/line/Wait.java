package dev.sobre.line;

/** How a {@link LineConnection#await} ended. */
public enum Wait {
    /** The client sent something. */
    INPUT,
    /** Another thread called {@link LineConnection#wake}. */
    WOKEN,
    TIMED_OUT
}
