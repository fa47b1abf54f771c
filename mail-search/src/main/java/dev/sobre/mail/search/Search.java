package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SearchStopped.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in the mailboxes of a store. May be used on any thread, virtual ones included: it
 * works on threads of its own, and callers wait. The answer is that of reading every message,
 * whether there is an index, and however far it has come.
 */
public final class Search implements AutoCloseable {

    /**
     * Work is done in turns of so many nanoseconds, so that a long search holds up no short one.
     */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(10);

    private final MailStore store;
    private final SearchSettings settings;
    private final @Nullable SearchIndex index;
    private final ThreadPoolExecutor threads;

    private Search(MailStore store, SearchSettings settings, @Nullable SearchIndex index) {
        this.store = store;
        this.settings = settings;
        this.index = index;
        this.threads =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(settings.waiting()),
                        Thread.ofPlatform().daemon().name("search-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Without an index: texts are looked for in the messages themselves. */
    public static Search scanning(MailStore store, SearchSettings settings) {
        return new Search(store, settings, null);
    }

    /** With an index, which follows the store in the background. */
    public static Search open(MailStore store, Path directory) {
        return open(store, directory, SearchSettings.DEFAULTS);
    }

    /**
     * With an index, which follows the store in the background. When it is lost, damaged or can't
     * be written, searches take longer.
     *
     * @param directory the index's own, which nobody else writes to
     */
    public static Search open(MailStore store, Path directory, SearchSettings settings) {
        return new Search(store, settings, new SearchIndex(store, directory, settings));
    }

    /** The messages of a mailbox for which a key holds. */
    public UidSet find(MailboxId mailbox, SearchKey key) {
        return find(mailbox, store.index(mailbox), UidSet.ALL, key, () -> false);
    }

    /**
     * The messages for which a key holds.
     *
     * @param now the mailbox as it is to be searched
     * @param among the messages that come into question
     * @param cancelled asked now and then, on any thread
     * @throws SearchStopped when it took too long, was cancelled, or too many others wait
     * @throws IllegalArgumentException when keys are nested deeper than {@link SearchKey#DEEPEST}
     */
    public UidSet find(
            MailboxId mailbox,
            MailboxIndex now,
            UidSet among,
            SearchKey key,
            BooleanSupplier cancelled) {
        var stopped = new AtomicBoolean();
        long end = System.nanoTime() + settings.longest().toNanos();
        Runnable check = () -> check(end, () -> stopped.get() || cancelled.getAsBoolean());
        var narrowing = new Narrowing(mailbox, key, this::snapshot, this::failed);
        int text = settings.textOctets();
        try (var query =
                new Query(store, mailbox, now, key, narrowing, text, Instant.now(), check)) {
            boolean more = run(() -> query.begin(among) && query.step(turn()), stopped);
            while (more) more = run(() -> query.step(turn()), stopped);
            return query.found();
        }
    }

    /** Whether the index has all that the store is known to have, and searches see it. */
    public boolean isIndexed() {
        return index != null && index.isIdle();
    }

    /** What the index knows now. */
    Optional<Snapshot> snapshot() {
        return index == null ? Optional.empty() : index.snapshot();
    }

    private void failed(Throwable why) {
        if (index != null) index.suspect(why);
    }

    private static long turn() {
        return System.nanoTime() + TURN;
    }

    private void check(long end, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new SearchStopped(Reason.CANCELLED, "the search was cancelled");
        }
        if (System.nanoTime() - end > 0) {
            throw new SearchStopped(
                    Reason.TOO_LONG, "the search took too long; ask for fewer messages");
        }
    }

    /** Runs work on one of the threads, and waits for it. */
    private boolean run(Callable<Boolean> work, AtomicBoolean stopped) {
        Future<Boolean> done = submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    // The thread that works must not be interrupted: files would be closed by that.
                    interrupted = true;
                    stopped.set(true);
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) throw failed;
            if (e.getCause() instanceof Error failed) throw failed;
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Future<Boolean> submit(Callable<Boolean> work) {
        try {
            return threads.submit(work);
        } catch (RejectedExecutionException e) {
            if (threads.isShutdown()) {
                throw new SearchStopped(Reason.CANCELLED, "searching ends here; try again later");
            }
            throw new SearchStopped(Reason.BUSY, "too many searches at once; try again later");
        }
    }

    /** Ends searches under way, after their turn, and the index. Safe to call twice. */
    @Override
    public void close() {
        threads.shutdown();
        if (index != null) index.close();
    }
}
