package dev.sobre.mail;

/**
 * What STORE does to the flags of a message.
 *
 * @param rights of the one who changes: flags beyond them stay as they are (RFC 4314 §4)
 */
public record FlagChange(Kind kind, Flags flags, Rights rights) {

    /** How the flags given meet those that are there (RFC 9051 §6.4.6). */
    public enum Kind {
        REPLACE,
        ADD,
        REMOVE
    }

    /** A change by someone who may change all flags. */
    public FlagChange(Kind kind, Flags flags) {
        this(kind, flags, Rights.ALL);
    }

    public FlagChange by(Rights other) {
        return new FlagChange(kind, flags, other);
    }

    /** The flags a message has after the change. */
    public Flags apply(Flags before) {
        Flags mine = rights.permitted(flags);
        return switch (kind) {
            case REPLACE -> before.minus(rights.permitted(before)).plus(mine);
            case ADD -> before.plus(mine);
            case REMOVE -> before.minus(mine);
        };
    }
}
