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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Who carries a session: its event loop, or Java's scheduler where we can't say so. */
class SessionThreadsTest {

    /** Answers each line with the thread it runs on; Java names the carrier in it. */
    private static final class WhoProtocol implements LineProtocol {
        @Override
        public String name() {
            return "who";
        }

        @Override
        public LineSession session(LineConnection c) {
            return () -> {
                while (c.readCommand().length > 0) c.write(Thread.currentThread() + "\r\n");
            };
        }

        @Override
        public String farewell(Farewell why) {
            return "bye\r\n";
        }
    }

    private static List<String> answers() throws IOException {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        var answers = new ArrayList<String>();
        try (var server =
                        LineServer.start(
                                ListenerSettings.loopback(0),
                                tls,
                                new WhoProtocol(),
                                Limits.standard());
                var client = new Client(server.port())) {
            for (String line : List.of("one", "two")) {
                client.send(line + "\r\n");
                answers.add(client.line());
            }
        }
        return answers;
    }

    @Test
    void itsEventLoopCarriesASession() throws Exception {
        for (String answer : answers()) {
            assertTrue(answer.matches("VirtualThread.*who-1.*@sobre-io-.*"), answer);
        }
    }

    /** A lock is given to who waited first: who comes next can't go on before. */
    @Test
    @SuppressWarnings("LockNotBeforeTry") // nothing throws in between
    void aLoopMayWaitForALockBehindItsSession() throws Exception {
        var lock = new ReentrantLock();
        var locked =
                new LineProtocol() {
                    @Override
                    public String name() {
                        return "locked";
                    }

                    @Override
                    public LineSession session(LineConnection c) {
                        return () -> {
                            while (c.readCommand().length > 0) {
                                lock.lock();
                                lock.unlock();
                                c.write("done\r\n");
                            }
                        };
                    }

                    @Override
                    public String farewell(Farewell why) {
                        return "bye\r\n";
                    }
                };
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        try (var server =
                        LineServer.start(
                                ListenerSettings.loopback(0), tls, locked, Limits.standard());
                var client = new Client(server.port())) {
            lock.lock();
            client.send("take it\r\n");
            await().until(() -> lock.getQueueLength() == 1);
            for (var loop : EventLoops.shared().group()) loop.execute(() -> pass(lock));
            int waiting = 1 + loops();
            await().until(() -> lock.getQueueLength() == waiting);
            lock.unlock();
            assertEquals("done", client.line());
        }
    }

    private static int loops() {
        int loops = 0;
        for (var loop : EventLoops.shared().group()) loops += loop.isShutdown() ? 0 : 1;
        return loops;
    }

    @SuppressWarnings("LockNotBeforeTry")
    private static void pass(ReentrantLock lock) {
        lock.lock();
        lock.unlock();
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
        answers().forEach(System.out::println);
    }
}
