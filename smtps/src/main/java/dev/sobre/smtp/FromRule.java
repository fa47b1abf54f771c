package dev.sobre.smtp;

/** Whose names may stand in the From field of what a user submits. */
public enum FromRule {
    /** Anybody's; nobody looks. */
    ANY,
    /**
     * The user's own: the message has one From field, and all addresses in it are the account's,
     * its aliases and subaddresses included; so is that of a Sender field. Of a message that is
     * sent on, those of Resent-From are; the others may then have those of people elsewhere.
     */
    OWN
}
