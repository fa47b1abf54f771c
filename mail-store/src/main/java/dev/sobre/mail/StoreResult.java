package dev.sobre.mail;

import java.util.List;

/**
 * What STORE did.
 *
 * @param changed the messages whose flags are now as asked, in UID order, with their new flags
 * @param modified those left alone because they changed after UNCHANGEDSINCE (RFC 7162 §3.1.3)
 */
public record StoreResult(List<Updated> changed, UidSet modified, long highestModSeq) {

    public record Updated(long uid, Flags flags, long modSeq) {}
}
