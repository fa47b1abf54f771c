package dev.sobre.line;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where a session runs: on the event loop of its connection, or beside the loops as long as it is
 * at something that takes time, which would hold up all other connections of that loop. It changes
 * places where it can wait, in the middle of its code, so that this code need not be cut in two.
 */
final class Carrier implements Executor {

    /** So long a session may keep the loop, as far as we look. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);

    /** What a short command reads and answers; it is over before it is worth looking at a clock. */
    private static final int SHORT = 3;

    private static final Executor BESIDE = beside();

    private final Executor loop;
    private volatile boolean aside;
    private volatile @Nullable Thread session; // none until it has begun
    private int pieces; // of work since the session waited last, up to SHORT
    private long began; // the turn under way

    Carrier(Executor loop) {
        this.loop = loop;
    }

    private static Executor beside() {
        int most = Runtime.getRuntime().availableProcessors();
        var threads =
                new ThreadPoolExecutor(
                        most,
                        most,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("sobre-beside-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Runs the session until it waits next; called by Java when it need not wait any more. */
    @Override
    public void execute(Runnable turn) {
        (aside || maybeForLock() ? BESIDE : loop).execute(turn);
    }

    /**
     * Whether the session may have waited for a lock, which is its own to take now. The loop itself
     * may wait for that lock behind it, and would never come to carry it on. Behind who waits for
     * its client, or for what another thread completes, nobody stands.
     */
    private boolean maybeForLock() {
        var begun = session;
        if (begun == null) return false;
        Object why = LockSupport.getBlocker(begun); // none where it is a monitor
        return !(why instanceof Sleeper || why instanceof ForkJoinPool.ManagedBlocker);
    }

    // The session's side.

    /** The session has begun. */
    void carries(Thread thread) {
        session = thread;
    }

    /** What is done from here on takes time: goes on beside the loop until the command is over. */
    void stepAside() {
        if (aside) return;
        aside = true;
        unmount();
    }

    /** The next command runs on the loop, if the session waits for it. */
    void commandOver() {
        aside = false;
    }

    /** Something was read or answered: who has had a turn by now makes room for others. */
    void piece() {
        if (pieces < SHORT) {
            if (++pieces == SHORT) began = System.nanoTime();
            return;
        }
        long now = System.nanoTime();
        if (now - began < TURN) return;
        began = now;
        if (aside) unmount();
        else stepAside();
    }

    /** The session has waited: others have had their turns. */
    void waited() {
        pieces = 0;
    }

    /** Java asks for a carrier anew, behind those who wait for it. */
    @SuppressWarnings("ThreadPriorityCheck") // of a virtual thread it does just that
    private static void unmount() {
        Thread.yield();
    }
}
