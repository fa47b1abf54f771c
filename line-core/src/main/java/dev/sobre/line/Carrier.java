package dev.sobre.line;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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
    private volatile boolean asleep = true; // until it is started
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

    /**
     * Runs the session until it waits next; called by Java when it need not wait any more. What it
     * waited for within a command may be a lock, whose next holder it is, and the loop itself may
     * wait for that lock behind it: so the loop carries on only who waited for its client.
     */
    @Override
    public void execute(Runnable turn) {
        boolean onLoop = asleep && !aside;
        (onLoop ? loop : BESIDE).execute(turn);
    }

    // The session's side.

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

    /** The session is about to wait for its client, or for a hint. */
    void waits() {
        asleep = true;
    }

    /** The session has waited: others have had their turns. */
    void waited() {
        asleep = false;
        pieces = 0;
    }

    /** Java asks for a carrier anew, behind those who wait for it. */
    @SuppressWarnings("ThreadPriorityCheck") // of a virtual thread it does just that
    private static void unmount() {
        Thread.yield();
    }
}
