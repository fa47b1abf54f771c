package dev.sobre.mail;

/** What a mailbox is for (RFC 6154 §2). */
public enum SpecialUse {
    ALL("\\All"),
    ARCHIVE("\\Archive"),
    DRAFTS("\\Drafts"),
    FLAGGED("\\Flagged"),
    JUNK("\\Junk"),
    SENT("\\Sent"),
    TRASH("\\Trash");

    private final String attribute;

    SpecialUse(String attribute) {
        this.attribute = attribute;
    }

    /** The attribute as IMAP writes it, {@code \Sent}. */
    public String attribute() {
        return attribute;
    }
}
