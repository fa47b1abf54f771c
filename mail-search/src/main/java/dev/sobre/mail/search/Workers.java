package dev.sobre.mail.search;

import dev.sobre.mail.search.SearchStopped.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The threads on which messages are looked at. Work is done in turns of {@link #TURN}, so that a
 * long one holds up no short one.
 */
final class Workers {

    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(10);

    /** So many messages are held in memory for sorting at most, by all who sort. */
    private static final int MOST_HELD = 1_000_000;

    /** Something that takes many turns. */
    interface Work {
        /**
         * Does what takes no time worth speaking of, on the thread that asks.
         *
         * @return whether there is more
         */
        default boolean begin() {
            return true;
        }

        /**
         * Works until a time, or to its end.
         *
         * @param until in {@link System#nanoTime}
         * @return whether there is more
         */
        boolean turn(long until);
    }

    private final SearchSettings settings;
    private final ThreadPoolExecutor threads;
    private final Semaphore room = new Semaphore(MOST_HELD, true);

    Workers(SearchSettings settings) {
        this.settings = settings;
        this.threads =
                new ThreadPoolExecutor(
                        settings.looking().threads(),
                        settings.looking().threads(),
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(settings.looking().waiting()),
                        Thread.ofPlatform().daemon().name("search-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does work, and waits for it.
     *
     * @param waiter whose going ends the work
     * @param work is made with what it has to run now and then, and which ends it by throwing
     * @throws SearchStopped when it took too long, was cancelled, or too many others wait
     */
    <W extends Work> W done(Waiter waiter, Function<Runnable, W> work) {
        var stopped = new AtomicBoolean();
        W some = work.apply(check(() -> stopped.get() || waiter.isGone()));
        boolean more = some.begin();
        while (more) {
            waiter.stillWaits();
            more = run(() -> some.turn(System.nanoTime() + TURN), stopped, waiter);
        }
        return some;
    }

    /**
     * Does work that is over in microseconds, on the caller's thread: to hand it over would take
     * longer.
     */
    <W extends Work> W doneHere(Waiter waiter, Function<Runnable, W> work) {
        W some = work.apply(check(waiter::isGone));
        while (some.turn(Long.MAX_VALUE)) {}
        return some;
    }

    /**
     * Does work that holds something of many messages in memory, when there is room for them.
     *
     * @throws SearchStopped also when there never will be
     */
    <W extends Work> W doneHolding(int messages, Waiter waiter, Function<Runnable, W> work) {
        if (messages > MOST_HELD) throw tooMuch();
        Runnable check = check(waiter::isGone);
        try {
            while (!room.tryAcquire(messages, 100, TimeUnit.MILLISECONDS)) {
                waiter.stillWaits();
                check.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchStopped(Reason.CANCELLED, "the search was cancelled");
        }
        try {
            return done(waiter, work);
        } finally {
            room.release(messages);
        }
    }

    static SearchStopped tooMuch() {
        return new SearchStopped(
                Reason.TOO_MUCH, "that is too much to sort; ask for fewer messages");
    }

    private Runnable check(BooleanSupplier cancelled) {
        long end = System.nanoTime() + settings.looking().longest().toNanos();
        return () -> {
            if (cancelled.getAsBoolean()) {
                throw new SearchStopped(Reason.CANCELLED, "the search was cancelled");
            }
            if (System.nanoTime() - end > 0) {
                throw new SearchStopped(
                        Reason.TOO_LONG, "the search took too long; ask for fewer messages");
            }
        };
    }

    /** Runs work on one of the threads, and waits for it. */
    private boolean run(Callable<Boolean> work, AtomicBoolean stopped, Waiter waiter) {
        Future<Boolean> done = submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    waiter.stillWaits();
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

    /** Ends work under way, after its turn. */
    void close() {
        threads.shutdown();
    }
}
