package dev.sobre.mail.rocksdb;

import java.time.Instant;

/** Numbers for what a repair makes, that nothing had before. */
final class MendNumbers {

    /** How far a UIDVALIDITY may have come that was lost. */
    private static final long LEAP = 1 << 20;

    private final Mending m;
    private long mailbox;
    private long uidValidity;

    MendNumbers(Mending mending) {
        this.m = mending;
        long now = Instant.now().getEpochSecond();
        this.mailbox = Math.max(Counters.last(m.reads(), "mailbox"), now << 16);
        this.uidValidity = Math.max(Counters.last(m.reads(), "uidvalidity"), now);
        if (m.lossy()) this.uidValidity = Math.max(uidValidity, highest()) + LEAP;
        m.reads()
                .scan(
                        Keys.prefix(Keys.MAILBOX),
                        (key, _) -> {
                            mailbox(Keys.mailbox(key).number());
                            return true;
                        });
    }

    /** The highest UIDVALIDITY of a mailbox, but for one that somebody chose very high. */
    private long highest() {
        long[] highest = {0};
        m.reads()
                .scan(
                        Keys.prefix(Keys.STATE),
                        (_, value) -> {
                            m.entries()
                                    .decode(() -> StoredState.decode(value))
                                    .map(state -> state.counters().uidValidity())
                                    .filter(had -> had + LEAP < StoreRestore.MOST)
                                    .ifPresent(had -> highest[0] = Math.max(highest[0], had));
                            return true;
                        });
        return highest[0];
    }

    /** There is a mailbox of this number. */
    void mailbox(long number) {
        mailbox = Math.max(mailbox, number);
    }

    long nextMailbox() {
        return ++mailbox;
    }

    long nextUidValidity() {
        do uidValidity++;
        while (m.reads().has(Keys.uidValidity(uidValidity & 0xFFFF_FFFFL)));
        return uidValidity & 0xFFFF_FFFFL;
    }

    void write() {
        m.draft().put(Keys.counter("mailbox"), new ByteWriter(8).i64(mailbox).done());
        m.draft().put(Keys.counter("uidvalidity"), new ByteWriter(8).i64(uidValidity).done());
    }
}
