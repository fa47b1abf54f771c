package dev.sobre.mail;

import java.time.Instant;

/**
 * A message that comes back from an archive or another server with what it had there.
 *
 * @param uid the UID it had
 * @param savedDate when it came into its mailbox (RFC 8514); kept to the second
 * @param email the identity it had (RFC 8474 §5.1)
 */
public record Restored(Delivery delivery, long uid, Instant savedDate, EmailId email) {

    public Restored {
        if (uid < 1 || uid > UidSet.HIGHEST)
            throw new IllegalArgumentException("not a UID: " + uid);
    }
}
