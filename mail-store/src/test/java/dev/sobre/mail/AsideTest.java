package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What virtual threads have done by others. */
class AsideTest {

    private final Aside aside = new Aside("test-", 1);

    @AfterEach
    void close() {
        aside.close();
    }

    @Test
    void platformThreadsDoItThemselves() {
        assertSame(Thread.currentThread(), aside.run(Thread::currentThread));
    }

    @Test
    void virtualThreadsHaveItDone() throws Exception {
        Thread who = onVirtualThread(() -> aside.run(Thread::currentThread));
        assertFalse(who.isVirtual());
        assertEquals("test-1", who.getName());
    }

    @Test
    void fewOctetsAreParsedAtOnce() throws Exception {
        assertTrue(onVirtualThread(() -> aside.runOn(60_000, Thread::currentThread)).isVirtual());
        assertFalse(onVirtualThread(() -> aside.runOn(70_000, Thread::currentThread)).isVirtual());
    }

    /** Within what is done aside, more is: with one thread it would wait for itself for ever. */
    @Test
    void whatIsDoneAsideMayDoMore() throws Exception {
        assertEquals(1, onVirtualThread(() -> aside.run(() -> aside.run(() -> 1))));
    }

    @ParameterizedTest
    @ValueSource(classes = {IOException.class, IllegalStateException.class, AssertionError.class})
    void whatIsThrownIsThrown(Class<? extends Throwable> kind) throws Exception {
        var thrown = kind.getConstructor().newInstance();
        var failed =
                assertThrows(
                        ExecutionException.class,
                        () -> onVirtualThread(() -> aside.run(() -> raise(thrown))));
        assertSame(thrown, failed.getCause());
    }

    private static Object raise(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) throw error;
        throw (Exception) thrown;
    }

    /** It may be writing into a buffer of the one who waits. */
    @Test
    void whoIsInterruptedWaitsNevertheless() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    threads.submit(
                            () -> {
                                Thread.currentThread().interrupt();
                                aside.run(
                                        () -> {
                                            begun.countDown();
                                            end.await();
                                            ended.set(true);
                                            return ended;
                                        });
                                assertTrue(Thread.interrupted());
                                return ended.get();
                            });
            begun.await();
            end.countDown();
            assertTrue(waiting.get());
        }
    }

    @Test
    void nothingIsDoneOnceItIsClosed() {
        aside.close();
        var failed =
                assertThrows(
                        ExecutionException.class, () -> onVirtualThread(() -> aside.run(() -> 1)));
        var refusal = assertInstanceOf(StoreException.class, failed.getCause());
        assertEquals(Reason.UNAVAILABLE, refusal.reason());
    }

    private static <T> T onVirtualThread(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        }
    }
}
