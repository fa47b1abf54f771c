package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;

/**
 * How much an account may hold.
 *
 * @param octets of all its messages together, a copy counted like its original; 0 for no limit
 * @param messages how many; 0 for no limit
 */
public record Quota(long octets, long messages) {

    public static final Quota NONE = new Quota(0, 0);

    public Quota {
        if (octets < 0 || messages < 0) throw new IllegalArgumentException("a quota below zero");
    }

    public boolean limited() {
        return octets > 0 || messages > 0;
    }

    /** Whether an account may hold that much. */
    public boolean allows(Usage usage) {
        return (octets == 0 || usage.octets() <= octets)
                && (messages == 0 || usage.messages() <= messages);
    }

    /**
     * Refuses what would be too much. Nothing more is never too much, also where the quota was
     * lowered below what is there.
     *
     * @throws StoreException with {@link Reason#OVER_QUOTA}
     */
    public void require(Usage there, Usage more) {
        if (more.equals(Usage.NONE) || allows(there.plus(more))) return;
        throw new StoreException(Reason.OVER_QUOTA, "there is no room for this in the mailbox");
    }
}
