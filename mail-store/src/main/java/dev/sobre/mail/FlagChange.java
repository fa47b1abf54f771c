package dev.sobre.mail;

/** What STORE does to the flags of a message. */
public record FlagChange(Kind kind, Flags flags) {

    /** How the flags given meet those that are there (RFC 9051 §6.4.6). */
    public enum Kind {
        REPLACE,
        ADD,
        REMOVE
    }

    /** The flags a message has after the change. */
    public Flags apply(Flags before) {
        return switch (kind) {
            case REPLACE -> flags;
            case ADD -> before.plus(flags);
            case REMOVE -> before.minus(flags);
        };
    }
}
