package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.ThreadId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The threads that an account has messages of, as a filter of two octets for each message: it may
 * say of a few others that they are in use, too.
 */
final class ThreadsInUse {

    private static final int BITS_EACH = 16;
    private static final int MOST_BITS = 1 << 30;
    private static final int SOME = 1000; // messages between two pauses

    final AccountId account;
    private final int size;
    private final BitSet bits;
    private long looked;
    private final Map<MailboxId, Long> seen = new HashMap<>(); // up to where: not that UID itself

    /**
     * @param messages how many there are about
     */
    ThreadsInUse(AccountId account, long messages) {
        this.account = account;
        this.size = Math.clamp(BITS_EACH * messages, 1024, MOST_BITS);
        this.bits = new BitSet(size);
    }

    /**
     * Takes note of the messages that came since this was done last; UIDs only ascend.
     *
     * @param pause is called now and then; it may throw to end this
     */
    ThreadsInUse look(Reads reads, Runnable pause) {
        grown(reads)
                .forEach(
                        (mailbox, next) -> {
                            look(mailbox, reads, pause);
                            seen.merge(mailbox, next, Math::max);
                        });
        return this;
    }

    private void look(MailboxId mailbox, Reads reads, Runnable pause) {
        byte[] from = Keys.of(Keys.MESSAGE, mailbox, seen.getOrDefault(mailbox, 0L));
        byte[] end = Keys.after(Keys.of(Keys.MESSAGE, mailbox));
        reads.scan(
                from,
                end,
                (key, record) -> {
                    if (++looked % SOME == 0) pause.run();
                    long uid = Keys.last(key);
                    add(MessageRecord.ids(uid, record).thread());
                    seen.put(mailbox, uid + 1);
                    return true;
                });
    }

    /**
     * The mailboxes that got messages since they were looked at, and the UID that each gives next.
     */
    private Map<MailboxId, Long> grown(Reads reads) {
        Map<MailboxId, Long> grown = new HashMap<>();
        reads.scan(
                Keys.of(Keys.STATE, account),
                (key, value) -> {
                    var mailbox = Keys.mailbox(key);
                    long next = StoredState.decode(value).counters().uidNext();
                    if (next > seen.getOrDefault(mailbox, 0L)) grown.put(mailbox, next);
                    return true;
                });
        return grown;
    }

    private void add(ThreadId thread) {
        for (int i = 0; i < 4; i++) bits.set(bit(thread, i));
    }

    boolean has(ThreadId thread) {
        for (int i = 0; i < 4; i++) if (!bits.get(bit(thread, i))) return false;
        return true;
    }

    /** A thread's number is a hash: each of its quarters serves as one. */
    private int bit(ThreadId thread, int quarter) {
        long half = quarter < 2 ? thread.high() : thread.low();
        return Math.floorMod((int) (half >>> (32 * (quarter % 2))), size);
    }
}
