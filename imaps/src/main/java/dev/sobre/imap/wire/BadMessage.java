package dev.sobre.imap.wire;

/**
 * The peer's octets are not a command of IMAP, or more than may be said. Fit for the peer to see.
 */
public final class BadMessage extends Exception {

    /** What follows from it. */
    public enum Weight {
        /** The command is refused with BAD. */
        SYNTAX,
        /** Refused with BAD [UIDREQUIRED]: there are no sequence numbers (RFC 9586 §3.1). */
        NUMBERED,
        /** Refused with NO [BADCHARSET]: it looks for what is no text in its charset. */
        CHARSET,
        /** The command is refused with NO [TOOBIG]. */
        TOO_BIG,
        /** The rest of the command can't be told from further commands: the connection ends. */
        FATAL
    }

    private final Weight weight;

    public BadMessage(String message) {
        this(Weight.SYNTAX, message);
    }

    public BadMessage(Weight weight, String message) {
        // No stack trace: a peer can cause many of these, and each says all there is to say.
        super(message, null, false, false);
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }
}
