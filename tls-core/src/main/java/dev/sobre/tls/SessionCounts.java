package dev.sobre.tls;

/**
 * How the handshakes of a listener went that succeeded.
 *
 * @param listener its name
 * @param full handshakes of clients that brought no session
 * @param resumed handshakes that continued a session
 * @param refused handshakes that were full although the client brought a session: its key has
 *     expired or is not ours, or it belongs to another identity or policy
 */
public record SessionCounts(String listener, long full, long resumed, long refused) {}
