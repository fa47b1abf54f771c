package dev.sobre.mail.rocksdb;

import java.time.Instant;

/** Numbers for what a repair makes, that nothing had before. */
final class MendNumbers {

    private final Mending m;
    private long mailbox;
    private long uidValidity;

    MendNumbers(Mending mending) {
        this.m = mending;
        long now = Instant.now().getEpochSecond();
        this.mailbox = Math.max(Counters.last(m.reads(), "mailbox"), now << 16);
        this.uidValidity = Math.max(Counters.last(m.reads(), "uidvalidity"), now);
        m.reads()
                .scan(
                        Keys.prefix(Keys.MAILBOX),
                        (key, _) -> {
                            mailbox(Keys.mailbox(key).number());
                            return true;
                        });
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
