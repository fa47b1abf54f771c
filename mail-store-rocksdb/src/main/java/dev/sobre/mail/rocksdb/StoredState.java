package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxState;

/**
 * A mailbox's counters as they are stored.
 *
 * @param counters what everybody sees
 * @param floor the record of expunges reaches back to changes after this MODSEQ
 * @param lastExpunge the MODSEQ of the newest expunge, 0 before the first
 * @param expunges how many are on record
 */
record StoredState(MailboxState counters, long floor, long lastExpunge, int expunges) {

    static StoredState fresh(long uidValidity) {
        return new StoredState(new MailboxState(uidValidity, 1, 1, 0, 0, 0), 0, 0, 0);
    }

    long modSeq() {
        return counters.highestModSeq();
    }

    StoredState with(MailboxState now) {
        return new StoredState(now, floor, lastExpunge, expunges);
    }

    byte[] encode() {
        return new ByteWriter(48)
                .u8(1)
                .count(counters.uidValidity())
                .count(counters.uidNext())
                .count(counters.highestModSeq())
                .count(counters.messages())
                .count(counters.unseen())
                .count(counters.octets())
                .count(floor)
                .count(lastExpunge)
                .count(expunges)
                .done();
    }

    static StoredState decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        var counters =
                new MailboxState(
                        in.count(),
                        in.count(),
                        in.count(),
                        (int) in.count(),
                        (int) in.count(),
                        in.count());
        return new StoredState(counters, in.count(), in.count(), (int) in.count());
    }
}
