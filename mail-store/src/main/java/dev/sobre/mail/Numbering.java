package dev.sobre.mail;

/**
 * How a mailbox numbered its messages: what clients that know them rely on.
 *
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext higher than every UID it gave
 * @param highestModSeq as high as every MODSEQ it gave (RFC 7162 §3.1.2.1)
 */
public record Numbering(long uidValidity, long uidNext, long highestModSeq) {

    public Numbering {
        if (uidValidity < 1 || uidValidity > UidSet.HIGHEST) {
            throw new IllegalArgumentException("not a UIDVALIDITY: " + uidValidity);
        }
        if (uidNext < 1 || uidNext > UidSet.HIGHEST || highestModSeq < 0) {
            throw new IllegalArgumentException("not the numbers of a mailbox");
        }
    }
}
