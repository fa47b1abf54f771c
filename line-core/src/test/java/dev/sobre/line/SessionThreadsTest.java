package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.EventLoops;
import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Who carries a session: its event loop, or others where the loop can't. */
class SessionThreadsTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));
    private static final String ON_LOOP = "VirtualThread.*who-1.*@sobre-io-.*";
    private static final String BESIDE = "VirtualThread.*who-1.*@sobre-beside-.*";

    /**
     * Answers each line with the thread it runs on, as Java describes it: with its carrier.
     *
     * @param first what it does before
     */
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

    private static LineServer serve(Runnable first) {
        var here = ListenerSettings.loopback(0);
        return LineServer.start(here, TLS, new Who(first), Limits.standard());
    }

    private static String ask(Client client) throws IOException {
        client.send("who\r\n");
        return client.line();
    }

    private static void assertMatches(String pattern, String answer) {
        assertTrue(answer.matches(pattern), answer);
    }

    @Test
    void itsEventLoopCarriesASession() throws Exception {
        try (var server = serve(() -> {});
                var client = new Client(server.port())) {
            assertMatches(ON_LOOP, ask(client));
            assertMatches(ON_LOOP, ask(client));
        }
    }

    @Test
    void alsoAfterItWaitedForAnotherThread() throws Exception {
        var result = new CompletableFuture<Void>();
        try (var server = serve(result::join);
                var client = new Client(server.port())) {
            client.send("who\r\n");
            await().until(() -> result.getNumberOfDependents() == 1);
            result.complete(null);
            assertMatches(ON_LOOP, client.line());
        }
    }

    /** A lock is given to who waited first: who comes next can't go on before. */
    @Test
    void itsLoopMayWaitForALockBehindIt() throws Exception {
        var lock = new ReentrantLock();
        try (var server = serve(() -> pass(lock));
                var client = new Client(server.port())) {
            lock.lock();
            try {
                client.send("who\r\n");
                await().until(() -> lock.getQueueLength() == 1);
                int queue = 1;
                for (var loop : EventLoops.shared().group()) {
                    loop.execute(() -> pass(lock));
                    queue++;
                }
                int all = queue;
                await().until(() -> lock.getQueueLength() == all);
            } finally {
                lock.unlock();
            }
            assertMatches(BESIDE, client.line());
            assertMatches(ON_LOOP, ask(client));
        }
    }

    @Test
    void itsLoopMayWaitForAMonitorBehindIt() throws Exception {
        var monitor = new Object();
        var session = new CompletableFuture<Thread>();
        Runnable pass =
                () -> {
                    session.complete(Thread.currentThread());
                    synchronized (monitor) {
                        assertTrue(Thread.holdsLock(monitor));
                    }
                };
        try (var server = serve(pass);
                var client = new Client(server.port())) {
            synchronized (monitor) {
                client.send("who\r\n");
                await().until(() -> session.join().getState() == Thread.State.BLOCKED);
                for (var loop : EventLoops.shared().group()) loop.execute(pass);
            }
            assertMatches(BESIDE, client.line());
            assertMatches(ON_LOOP, ask(client));
        }
    }

    private static void pass(ReentrantLock lock) {
        lock.lock();
        try {
            assertTrue(lock.isHeldByCurrentThread());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void javasSchedulerCarriesItWhereJavaLangIsClosed() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SessionThreadsTest.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        assertTrue(out.contains("VirtualThread"), out);
        assertTrue(out.contains("@ForkJoinPool"), out);
        assertTrue(out.contains(SessionThreads.OPENING), out);
    }

    /** The second JVM's part of the test above. */
    public static void main(String[] args) throws IOException {
        try (var server = serve(() -> {});
                var client = new Client(server.port())) {
            for (String answer : List.of(ask(client), ask(client))) System.out.println(answer);
        }
    }
}
