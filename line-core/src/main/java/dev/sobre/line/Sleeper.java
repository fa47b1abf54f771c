package dev.sobre.line;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The sleep of a session's thread, until its inbox wakes it or a deadline is over. The deadline is
 * kept by the server's sweep: a timed park of a virtual thread costs more.
 */
final class Sleeper {

    private static final long NEVER = Long.MAX_VALUE;

    private final Inbox inbox;
    private final Carrier carrier;
    private final long born = System.nanoTime();
    private volatile long deadline = NEVER; // of the sleep under way

    Sleeper(Inbox inbox, Carrier carrier) {
        this.inbox = inbox;
        this.carrier = carrier;
    }

    /** Nanoseconds since the connection came. */
    long now() {
        return System.nanoTime() - born;
    }

    /** Sleeps while the condition holds, until a little after a time. May wake early. */
    void sleep(long until, BooleanSupplier whileThis) {
        deadline = until;
        inbox.goingToSleep();
        if (whileThis.getAsBoolean()) LockSupport.park(this);
        inbox.awake();
        deadline = NEVER;
        carrier.waited();
    }

    /** Wakes the session when its sleep has lasted long enough; from any thread. */
    void checkDeadline() {
        if (now() >= deadline) inbox.wake();
    }
}
