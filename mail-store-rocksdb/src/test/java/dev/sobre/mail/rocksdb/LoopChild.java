package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * A process that does what sessions do on virtual threads, all of which have one thread as their
 * carrier. That thread looks first whether there is a file {@link #MARK}.
 */
final class LoopChild {

    static final String MARK = "here is the loop";

    private static final Executor LOOP =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private LoopChild() {}

    static Process start(Path dir, String... before) throws IOException {
        return ChildProcess.start(
                List.of(before),
                List.of("-Xmx256m", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
                LoopChild.class,
                dir);
    }

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        var told = new CompletableFuture<Boolean>();
        LOOP.execute(() -> told.complete(Files.exists(Path.of(MARK))));
        told.get();
        try (var store = RocksMailStore.open(dir)) {
            onLoop(() -> SessionWork.deliver(store));
            onLoop(() -> SessionWork.read(store));
            onLoop(() -> SessionWork.refuse(store));
        }
        try (var store = RocksMailStore.open(dir)) {
            onLoop(() -> SessionWork.read(store));
            onLoop(() -> SessionWork.change(store));
            onLoop(store::stats);
        }
    }

    private static <T> void onLoop(Callable<T> work) throws Exception {
        var done = new CompletableFuture<T>();
        virtualThread(
                        () -> {
                            try {
                                done.complete(work.call());
                            } catch (Throwable e) {
                                done.completeExceptionally(e);
                            }
                        })
                .start();
        done.get();
    }

    /** As {@code Thread.ofVirtual} would make it if that took a scheduler. */
    private static Thread virtualThread(Runnable work) throws ReflectiveOperationException {
        var make =
                Class.forName("java.lang.ThreadBuilders")
                        .getDeclaredMethod(
                                "newVirtualThread",
                                Executor.class,
                                String.class,
                                int.class,
                                Runnable.class);
        make.setAccessible(true);
        return (Thread) make.invoke(null, LOOP, "session", 0, work);
    }
}
