package dev.sobre.mail;

/** The system flags (RFC 9051 §2.3.2), in the order IMAP servers commonly list them. */
public enum Flag {
    ANSWERED("\\Answered", 1),
    FLAGGED("\\Flagged", 2),
    DELETED("\\Deleted", 4),
    SEEN("\\Seen", 8),
    DRAFT("\\Draft", 16);

    private final String wire;
    private final int bit;

    Flag(String wire, int bit) {
        this.wire = wire;
        this.bit = bit;
    }

    /** The flag as IMAP writes it, {@code \Seen}. */
    public String wire() {
        return wire;
    }

    /** The flag's bit in the stored form; it never changes. */
    public int bit() {
        return bit;
    }
}
