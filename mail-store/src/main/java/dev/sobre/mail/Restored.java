package dev.sobre.mail;

import java.time.Instant;

/**
 * A message that comes back from an archive or another server with what it had there.
 *
 * @param uid the UID it had; 0 for a new one
 * @param savedDate when it came into its mailbox (RFC 8514); kept to the second
 * @param email the identity it had (RFC 8474 §5.1)
 */
public record Restored(Delivery delivery, long uid, Instant savedDate, EmailId email) {

    public Restored {
        if (uid < 0 || uid >= UidSet.HIGHEST)
            throw new IllegalArgumentException("not a UID: " + uid);
    }

    /** The same for a mailbox in which its UID means nothing. */
    public Restored underNewUid() {
        return new Restored(delivery, 0, savedDate, email);
    }
}
