package dev.sobre.smtp;

/** Whoever wants to know which recipients are refused, and why. Called on sessions' threads. */
@FunctionalInterface
public interface RefusedRecipients {

    /** Nobody wants to know. */
    RefusedRecipients UNHEARD = (address, reply) -> {};

    /**
     * A recipient was refused.
     *
     * @param address as the client wrote it
     * @param reply the words of the answer
     */
    void refused(String address, String reply);

    /**
     * A user has sent as much as it may within an hour: somebody else may have its password.
     *
     * @param account its address
     * @param what in words, without the address
     */
    default void sentTooMuch(String account, String what) {}
}
