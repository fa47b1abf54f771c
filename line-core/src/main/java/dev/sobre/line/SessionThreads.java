package dev.sobre.line;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the virtual threads of sessions. An event loop carries those of its own connections, so
 * that nothing is handed over between reading a command and writing its answer: that took a third
 * of a short command's processor time.
 *
 * <p>Java 25 knows such schedulers but has no public way to name one. Where {@code java.lang} is
 * not open to us, Java's own scheduler carries the sessions; all works then, and costs more.
 */
final class SessionThreads {

    /** What opens that package, as an argument of {@code java}. */
    static final String OPENING = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private static final Logger LOG = LoggerFactory.getLogger(SessionThreads.class);
    private static final @Nullable MethodHandle CARRIED_BY = carriedBy();

    private SessionThreads() {}

    /** A thread that is not started. */
    static Thread of(Executor carrier, String name, Runnable session) {
        if (CARRIED_BY == null) return Thread.ofVirtual().name(name).unstarted(session);
        try {
            return (Thread) CARRIED_BY.invokeExact(carrier, name, 0, session);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // it declares none
        }
    }

    private static @Nullable MethodHandle carriedBy() {
        try {
            var method =
                    Class.forName("java.lang.ThreadBuilders")
                            .getDeclaredMethod(
                                    "newVirtualThread",
                                    Executor.class,
                                    String.class,
                                    int.class,
                                    Runnable.class);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info(
                    "event loops can't carry sessions, which costs processor time: add {}",
                    OPENING);
            LOG.debug("java.lang is closed", e);
            return null;
        }
    }
}
