package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What commits leave to be done in the background: segments of which much was released, messages of
 * deleted mailboxes, threads of mail that went, and indexes to be packed. Wakes who does it;
 * nothing runs where nothing is released.
 */
final class Chores {

    private final Segments segments;
    private final Worth worth;
    private final Map<Long, Long> released = new HashMap<>(); // guarded by this, as all below
    private final Set<Long> due = new LinkedHashSet<>();
    private final Set<MailboxId> unsaved = new LinkedHashSet<>();
    private final Set<AccountId> threaded = new LinkedHashSet<>();
    private Runnable wake = () -> {};

    /**
     * @param worth a segment of which so much was released is due
     */
    Chores(Segments segments, Worth worth) {
        this.segments = segments;
        this.worth = worth;
    }

    /** Has {@code wake} run whenever there is something to do. */
    synchronized void whenever(Runnable wake) {
        this.wake = wake;
    }

    /** Reads what was released of each segment. */
    synchronized void load(Engine engine) {
        released.clear();
        engine.read(
                reads -> {
                    reads.scan(
                            Keys.prefix(Keys.SEGMENT),
                            (key, value) -> {
                                long octets = Counters.decode(Optional.of(value));
                                if (octets != 0) released.put(Keys.last(key), octets);
                                return true;
                            });
                    return released;
                });
    }

    /** Makes all segments due that are. */
    synchronized void look() {
        for (long segment : released.keySet()) if (isDue(segment)) due.add(segment);
    }

    /** So much more of a segment was released. */
    synchronized void released(long segment, long octets) {
        add(segment, octets);
        ended(segment);
    }

    /** A segment grows no more. */
    synchronized void ended(long segment) {
        if (!isDue(segment)) return;
        due.add(segment);
        wake.run();
    }

    private boolean isDue(long segment) {
        long octets = released.getOrDefault(segment, 0L);
        if (octets <= 0) return false;
        long all = segments.octets(segment);
        return all > 0 && worth.isReached(octets, all);
    }

    /** There is something to do: a mailbox went, a segment is to be taken in, or a COPY undone. */
    void call() {
        Runnable waking;
        synchronized (this) {
            waking = wake;
        }
        waking.run();
    }

    /** The index of a mailbox is to be packed. */
    void save(MailboxId mailbox) {
        leave(mailbox, unsaved);
    }

    /** Takes the next mailbox whose index is to be packed. */
    synchronized Optional<MailboxId> nextUnsaved() {
        return take(unsaved);
    }

    /** An account's threads are to be looked at: much of its mail went. */
    void lookAtThreads(AccountId account) {
        leave(account, threaded);
    }

    /** Takes the next account whose threads are to be looked at. */
    synchronized Optional<AccountId> nextThreaded() {
        return take(threaded);
    }

    private <T> void leave(T what, Set<T> waiting) {
        synchronized (this) {
            waiting.add(what);
        }
        call();
    }

    private static <T> Optional<T> take(Set<T> waiting) {
        Optional<T> next = waiting.stream().findFirst();
        next.ifPresent(waiting::remove);
        return next;
    }

    /** Changes what was released of a segment, without making it due. */
    synchronized void add(long segment, long octets) {
        released.merge(segment, octets, Long::sum);
    }

    /** A segment is no more. */
    synchronized void forget(long segment) {
        released.remove(segment);
        due.remove(segment);
    }

    /** A segment stays due, and is looked into when something is released again. */
    synchronized void again(long segment) {
        due.add(segment);
    }

    /** Takes the next segment that is due. */
    synchronized Optional<Long> next() {
        return take(due);
    }

    synchronized long releasedOctets() {
        return released.values().stream().mapToLong(Long::longValue).sum();
    }
}
