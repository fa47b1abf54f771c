package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that is in memory or on its way there. It is entered among the mailboxes before it is
 * read, and keeps the commits that come meanwhile, so that it misses none.
 */
final class Live {

    private static final int MANY = 16; // parts of the index: some milliseconds to read
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final ReentrantLock loading = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock(); // never held while waiting for the disk
    private final List<Delta> meanwhile = new ArrayList<>();
    private volatile @Nullable View view;
    private boolean gone;
    private final AtomicLong recent = new AtomicLong(); // 0: not read yet
    volatile long used;
    private long unsaved; // parts of the index that are not packed
    private long savedAt = System.nanoTime() - PAUSE;

    @Nullable View view() {
        return view;
    }

    /** The view, read by {@code load} when it isn't there yet. */
    View view(Supplier<View> load) {
        View known = view;
        if (known != null) return known;
        loading.lock();
        try {
            known = view;
            return known != null ? known : install(load.get());
        } finally {
            loading.unlock();
        }
    }

    private View install(View read) {
        lock.lock();
        try {
            if (gone) throw missing();
            View now = after(read, meanwhile);
            meanwhile.clear();
            view = now;
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Shows what a commit, durable now, made of the mailbox. */
    void publish(Working work) {
        lock.lock();
        try {
            unsaved += work.unsavedParts();
            View known = view;
            if (known == null) {
                meanwhile.addAll(work.steps());
                return;
            }
            View now = work.view().orElseGet(() -> after(known, work.steps()));
            unsaved += SavedIndex.part(uidNext(now)) - SavedIndex.part(uidNext(known));
            view = now;
        } finally {
            lock.unlock();
        }
    }

    private static long uidNext(View view) {
        return view.state().counters().uidNext();
    }

    /** So many parts of the index were read row by row. */
    void lacks(int parts) {
        lock.lock();
        try {
            unsaved += parts;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so much of the index is not packed that it should be, which is taken for done. */
    boolean isToBeSaved() {
        lock.lock();
        try {
            if (unsaved < MANY || System.nanoTime() - savedAt < PAUSE) return false;
            unsaved = 0;
            savedAt = System.nanoTime();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static View after(View view, List<Delta> steps) {
        View now = view;
        for (Delta step : steps) {
            if (step.after().modSeq() > now.state().modSeq()) now = now.after(step);
        }
        return now;
    }

    /** The first UID that nobody has claimed as recent; claims those below another. */
    long claimRecent(long below, LongSupplier read) {
        if (recent.get() == 0) recent.compareAndSet(0, read.getAsLong());
        return recent.getAndAccumulate(below, Math::max);
    }

    /** The mailbox was deleted. */
    void vanish() {
        lock.lock();
        try {
            gone = true;
        } finally {
            lock.unlock();
        }
    }

    int rows() {
        View known = view;
        MailboxIndex index = known == null ? null : known.index();
        return index == null ? 0 : index.size();
    }

    static StoreException missing() {
        return new StoreException(Reason.MISSING, "there is no such mailbox");
    }
}
