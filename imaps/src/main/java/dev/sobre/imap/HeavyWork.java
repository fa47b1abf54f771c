package dev.sobre.imap;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads on which messages are searched. Virtual threads are not time-sliced: a long
 * search on one would keep other sessions from theirs. One per core, shared by all servers of the
 * process, gone when idle; the queue is bounded by the sessions, as each waits for its own.
 */
final class HeavyWork {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("imap-search-", 1).factory());

    static {
        POOL.allowCoreThreadTimeOut(true);
    }

    private HeavyWork() {}

    /** Runs work on one of the threads, and waits for it on this one. */
    static <T> T run(Callable<T> work) throws IOException {
        try {
            return POOL.submit(work).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in a search", e);
        }
    }
}
