package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads that do what may wait for the disk, or is long work, for virtual threads, whose
 * carrier would stop meanwhile: it may be an event loop. A virtual thread parks until it is done; a
 * platform thread does it itself.
 */
public final class Aside implements AutoCloseable {

    private static final int MANY = 64 << 10; // octets: some tenths of a millisecond to parse
    private static final Aside SHARED = new Aside("aside-", 4);

    /** What is to be done. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    private final ThreadPoolExecutor threads;

    /**
     * @param name what the threads' names begin with
     * @param most how many there are at most; one that has nothing to do ends
     */
    public Aside(String name, int most) {
        var factory = Thread.ofPlatform().daemon().name(name, 1).factory();
        threads =
                new ThreadPoolExecutor(
                        most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Those of who has none of its own. */
    public static Aside shared() {
        return SHARED;
    }

    /**
     * Does some work and waits for it, also when interrupted meanwhile: what was lent to it, such
     * as a buffer, is no longer in use afterwards.
     *
     * @throws StoreException with {@link Reason#UNAVAILABLE} when it is closed
     */
    @SuppressWarnings("unchecked") // the work throws nothing but X and what is unchecked
    public <T, X extends Exception> T run(Work<T, X> work) throws X {
        if (!Thread.currentThread().isVirtual()) return work.run();
        var done = new CompletableFuture<T>();
        try {
            threads.execute(() -> complete(done, work));
            return done.join();
        } catch (RejectedExecutionException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the store is closed", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) throw error;
            throw (X) e.getCause();
        }
    }

    /** The same with work that parses so many octets; if they are few, it is done at once. */
    public <T, X extends Exception> T runOn(long octets, Work<T, X> work) throws X {
        return octets < MANY ? work.run() : run(work);
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, it is thrown to the one that waits
    private static <T> void complete(CompletableFuture<T> done, Work<T, ?> work) {
        try {
            done.complete(work.run());
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    /** Does what was begun, and nothing more. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
