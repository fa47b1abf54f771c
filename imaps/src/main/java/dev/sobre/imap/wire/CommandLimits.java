package dev.sobre.imap.wire;

/**
 * What one command may cost.
 *
 * @param octets all its lines and literals together, but for the message of an APPEND
 * @param pushed the longest literal that may come uninvited: 4096 under LITERAL- (RFC 7888 §5)
 * @param drained how many octets of a refused command are read and dropped before the connection is
 *     given up
 */
public record CommandLimits(int octets, long pushed, long drained) {

    /** How deep lists of a command may nest. */
    public static final int DEEPEST = 32;

    /** The longest uninvited literal of LITERAL- (RFC 7888 §5). */
    public static final int LITERAL_MINUS = 4096;

    /** Where no literal may come uninvited, an empty one neither. */
    public static final int NONE_PUSHED = -1;
}
