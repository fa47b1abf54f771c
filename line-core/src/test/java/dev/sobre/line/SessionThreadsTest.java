package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import dev.sobre.tls.EventLoops;
import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who carries a session: its event loop, or others where the loop can't. Each in a JVM of its own,
 * as a loop that never goes on would take all other tests with it.
 */
class SessionThreadsTest {

    private static final String ON_LOOP = "VirtualThread.*who-1.*@sobre-io-.*";
    private static final String BESIDE = "VirtualThread.*who-1.*@sobre-beside-.*";

    @TempDir Path dir;

    @Test
    void itsEventLoopCarriesASession() throws Exception {
        assertLinesMatch(List.of(ON_LOOP, ON_LOOP), run("atOnce", SessionThreads.OPENING));
    }

    @Test
    void alsoAfterItWaitedForAnotherThread() throws Exception {
        assertLinesMatch(List.of(ON_LOOP, ON_LOOP), run("afterResult", SessionThreads.OPENING));
    }

    /** A lock is given to who waited first: who comes next can't go on before. */
    @Test
    void itsLoopMayWaitForALockBehindIt() throws Exception {
        assertLinesMatch(List.of(BESIDE, ON_LOOP), run("afterLock", SessionThreads.OPENING));
    }

    @Test
    void itsLoopMayWaitForAMonitorBehindIt() throws Exception {
        assertLinesMatch(List.of(BESIDE, ON_LOOP), run("afterMonitor", SessionThreads.OPENING));
    }

    @Test
    void javasSchedulerCarriesItWhereJavaLangIsClosed() throws Exception {
        String carried = "VirtualThread.*who-1.*@ForkJoinPool.*";
        String said = ".*" + SessionThreads.OPENING + ".*";
        assertLinesMatch(
                List.of(">> what is logged >>", said, ">> more >>", carried, carried),
                run("atOnce"));
    }

    /** What {@link #main} prints in another JVM. */
    private List<String> run(String scene, String... flags) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SessionThreadsTest.class.getName(), scene));
        Path out = dir.resolve("out");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly().waitFor();
        List<String> lines = Files.readAllLines(out);
        assertEquals(0, process.exitValue(), (ended ? "" : "it hangs: ") + lines);
        if (flags.length == 0) return lines;
        return lines.stream().filter(line -> line.startsWith("VirtualThread")).toList();
    }

    // The other JVM's side.

    /** Answers a line with the thread it runs on, as Java describes it: with its carrier. */
    private record Who(Runnable first) implements LineProtocol {
        @Override
        public String name() {
            return "who";
        }

        @Override
        public LineSession session(LineConnection c) {
            return () -> {
                while (c.readCommand().length > 0) {
                    first.run();
                    c.write(Thread.currentThread() + "\r\n");
                }
            };
        }

        @Override
        public String farewell(Farewell why) {
            return "bye\r\n";
        }
    }

    /** A client that asks twice; what holds the session up lets go after the first time. */
    private static void ask(Runnable first, Runnable letGo) throws IOException {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        var here = ListenerSettings.loopback(0);
        try (var server = LineServer.start(here, tls, new Who(first), Limits.standard());
                var client = new Client(server.port())) {
            client.send("who\r\n");
            letGo.run();
            System.out.println(client.line());
            client.send("who\r\n");
            System.out.println(client.line());
        }
    }

    public static void main(String[] scene) throws IOException {
        switch (scene[0]) {
            case "afterResult" -> afterResult();
            case "afterLock" -> afterLock();
            case "afterMonitor" -> afterMonitor();
            default -> ask(() -> {}, () -> {});
        }
    }

    private static void afterResult() throws IOException {
        var result = new CompletableFuture<Void>();
        ask(
                result::join,
                () -> {
                    await().until(() -> result.getNumberOfDependents() == 1);
                    result.complete(null);
                });
    }

    @SuppressWarnings("LockNotBeforeTry") // nothing throws in between
    private static void afterLock() throws IOException {
        var lock = new ReentrantLock();
        Runnable pass =
                () -> {
                    lock.lock();
                    lock.unlock();
                };
        lock.lock();
        ask(
                pass,
                () -> {
                    await().until(() -> lock.getQueueLength() == 1);
                    int waiting = 1 + onLoops(pass);
                    await().until(() -> lock.getQueueLength() == waiting);
                    lock.unlock();
                });
    }

    private static void afterMonitor() throws IOException {
        var monitor = new Object();
        var session = new CompletableFuture<Thread>();
        var held = new CompletableFuture<Void>();
        var seen = new CompletableFuture<Void>();
        var holder =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    synchronized (monitor) {
                                        held.complete(null);
                                        seen.join();
                                    }
                                });
        held.join();
        Runnable pass =
                () -> {
                    session.complete(Thread.currentThread());
                    synchronized (monitor) {
                        seen.join();
                    }
                };
        ask(
                pass,
                () -> {
                    await().until(() -> session.join().getState() == Thread.State.BLOCKED);
                    onLoops(pass);
                    seen.complete(null);
                });
        await().until(() -> !holder.isAlive());
    }

    /** Has each event loop run something. */
    private static int onLoops(Runnable task) {
        int loops = 0;
        for (var loop : EventLoops.shared().group()) {
            loop.execute(task);
            loops++;
        }
        return loops;
    }
}
