package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Admission;
import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Sessions over real TLS: a small protocol of test commands against a JDK client. */
class LineServerTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));
    private static final byte[] BODY = randomBody();

    private final LinkedBlockingQueue<LineConnection> opened = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();

    private LineServer start(Limits limits) {
        return start(limits, Admission.standard());
    }

    private LineServer start(Limits limits, Admission admission) {
        var listener = ListenerSettings.loopback(0).withAdmission(admission);
        return LineServer.start(listener, TLS, new TestProtocol(), limits);
    }

    @Test
    void answersPipelinedLinesInOrder() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("echo a\r\necho b\necho c");
            assertEquals("a", client.line());
            assertEquals("b", client.line());
            client.send("d\r\n");
            assertEquals("cd", client.line());
        }
    }

    @Test
    void aLineOfTheLimitPassesAndOneMoreOctetDoesNot() throws Exception {
        try (var server = start(Limits.standard().withPreLoginLine(1000));
                var client = new Client(server.port())) {
            String text = "x".repeat(995);
            client.send("echo " + text + "\r\necho " + text + "y\r\necho after\r\n");
            assertEquals(text, client.line());
            assertEquals("too long", client.line());
            assertEquals("after", client.line());
        }
    }

    @Test
    void aLineWithoutEndEndsTheSession() throws Exception {
        try (var server = start(Limits.standard().withPreLoginLine(1000));
                var client = new Client(server.port())) {
            client.send("x".repeat(20_000));
            assertEquals("bye TOO_MUCH_INPUT", client.line());
            assertEquals("<end>", client.line());
        }
    }

    @Test // LESSONS 2
    void whatComesBeforeALoginIsBounded() throws Exception {
        try (var server = start(Limits.standard().withPreLoginOctets(7_000));
                var client = new Client(server.port())) {
            client.send("echo x\r\n".repeat(2_000));
            int answered = 0;
            String line = client.line();
            for (; line.equals("x"); line = client.line()) answered++;
            assertEquals("bye TOO_MUCH_BEFORE_LOGIN", line);
            assertTrue(answered <= 7_000 / 8, answered + " answered");
        }
    }

    @Test
    void afterALoginMoreMayCome() throws Exception {
        try (var server = start(Limits.standard().withPreLoginOctets(7_000));
                var client = new Client(server.port())) {
            client.send("login ann\r\n" + "echo x\r\n".repeat(2_000));
            assertEquals("welcome", client.line());
            assertEquals("ann", server.sessions().getFirst().user().orElseThrow());
            for (int i = 0; i < 2_000; i++) assertEquals("x", client.line());
        }
    }

    @Test
    void literalsAreReadExactly() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("login ann\r\nliteral 200000\r\n");
            assertEquals("welcome", client.line());
            client.out.write(BODY, 0, 200_000);
            client.send("echo after\r\n");
            int hash = ByteBuffer.wrap(BODY, 0, 200_000).slice().hashCode();
            assertEquals("hash " + hash, client.line());
            assertEquals("after", client.line());
        }
    }

    @Test
    void bodiesArriveWhole() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("body\r\necho after\r\n");
            assertArrayEquals(BODY, client.in.readNBytes(BODY.length));
            assertEquals("after", client.line());
        }
    }

    @Test // LESSONS 8
    void aReaderThatDoesNotReadStopsTheProduction() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("flood\r\n");
            await().until(() -> sent.get() > 0);
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> before.getAndSet(sent.get()) == sent.get());
            assertTrue(sent.get() < 32L * BODY.length, "still bounded: " + sent.get());
        }
    }

    @Test
    void aClientThatNeverReadsIsLetGo() throws Exception {
        try (var server = start(Limits.standard().withWriteStall(Duration.ofMillis(500)));
                var client = new Client(server.port())) {
            opened.take();
            client.send("flood\r\n");
            await().until(() -> server.sessions().isEmpty());
            assertFalse(ends.isEmpty());
        }
    }

    @Test // LESSONS 8, by small answers: one at a time, each asked for when the last one is sent
    void aClientThatAsksOnAndOnButNeverReadsIsLetGo() throws Exception {
        try (var server = start(Limits.standard().withWriteStall(Duration.ofMillis(500)));
                var client = new Client(server.port())) {
            opened.take();
            for (int asked = 1; asked <= 8_000 && !server.sessions().isEmpty(); asked++) {
                client.send("big\r\n");
                while (sent.get() < asked && !server.sessions().isEmpty()) {
                    LockSupport.parkNanos(100_000);
                }
            }
            assertTrue(server.sessions().isEmpty(), "still answered after " + sent.get());
        }
    }

    @Test
    void aClientThatDoesNotLogInIsToldSo() throws Exception {
        try (var server = start(Limits.standard().withLoginTime(Duration.ofMillis(300)));
                var client = new Client(server.port())) {
            assertEquals("bye LOGIN_TOO_SLOW", client.line());
            assertEquals("<end>", client.line());
        }
    }

    @Test
    void aSilentClientIsToldSo() throws Exception {
        try (var server = start(Limits.standard().withIdleTime(Duration.ofMillis(300)));
                var client = new Client(server.port())) {
            client.send("login ann\r\n");
            assertEquals("welcome", client.line());
            assertEquals("bye IDLE", client.line());
        }
    }

    @Test
    void awaitEndsByInputWakeOrTime() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("await 60000\r\n");
            LineConnection connection = opened.take();
            connection.wake();
            assertEquals("WOKEN", client.line());
            client.send("await 60000\r\n");
            client.send("echo x\r\n");
            assertEquals("INPUT", client.line());
            assertEquals("x", client.line());
            client.send("await 10\r\n");
            assertEquals("TIMED_OUT", client.line());
        }
    }

    @Test
    void lastWordsArriveThoughTheClientHasSentMore() throws Exception {
        try (var server = start(Limits.standard().withPreLoginLine(100));
                var client = new Client(server.port())) {
            client.send("x".repeat(300_000));
            assertEquals("bye TOO_MUCH_INPUT", client.line());
            assertEquals("<end>", client.line());
        }
    }

    @Test
    void moreThanTheLimitFromOneAddressAreRefused() throws Exception {
        var one = Admission.standard().withConnections(10, 1);
        try (var server = start(Limits.standard(), one);
                var first = new Client(server.port())) {
            first.send("echo x\r\n");
            assertEquals("x", first.line());
            try (var second = new Client(server.port())) {
                assertEquals("bye TOO_MANY_CONNECTIONS", second.line());
            }
            first.close();
            await().until(() -> server.sessions().isEmpty());
            try (var third = new Client(server.port())) {
                third.send("echo y\r\n");
                assertEquals("y", third.line());
            }
        }
    }

    @Test
    void closeLetsARunningCommandFinish() throws Exception {
        var server = start(Limits.standard());
        try (var client = new Client(server.port());
                var idle = new Client(server.port())) {
            idle.send("echo x\r\n");
            assertEquals("x", idle.line());
            client.send("slow\r\necho never\r\n");
            assertTrue(running.await(10, TimeUnit.SECONDS));
            Thread closing = Thread.ofVirtual().start(server::close);
            assertEquals("bye SHUTTING_DOWN", idle.line());
            goOn.countDown();
            assertEquals("done", client.line());
            assertEquals("bye SHUTTING_DOWN", client.line());
            assertEquals("<end>", client.line());
            closing.join();
            server.close();
            assertTrue(server.sessions().isEmpty());
        }
    }

    @Test
    void closeEndsWhatOutlastsTheGraceWithAFarewell() throws Exception {
        var server = start(Limits.standard());
        try (var client = new Client(server.port())) {
            client.send("literal 5\r\nabc");
            await().until(() -> !server.sessions().isEmpty());
            server.close(Duration.ofMillis(200));
            assertEquals("bye SHUTTING_DOWN", client.line());
            assertEquals("<end>", client.line());
        }
    }

    @Test
    void aClientThatGuessesPasswordsIsSentAway() throws Exception {
        try (var log = new LogLines(LineConnection.class);
                var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("guess\r\n".repeat(6));
            for (int i = 0; i < 5; i++) assertEquals("wrong", client.line());
            assertEquals("bye LOGINS_REFUSED", client.line());
            assertEquals("<end>", client.line());
            assertEquals(Collections.nCopies(5, "test: login from 127.0.0.1 refused"), log.lines());
        }
    }

    @Test
    void dismissingLetsTheCommandFinish() throws Exception {
        try (var server = start(Limits.standard());
                var client = new Client(server.port())) {
            client.send("slow\r\necho never\r\n");
            assertTrue(running.await(10, TimeUnit.SECONDS));
            LineConnection connection = opened.take();
            connection.dismiss(Farewell.TOO_MANY_MISTAKES);
            connection.dismiss(Farewell.FAULT);
            goOn.countDown();
            assertEquals("done", client.line());
            assertEquals("bye TOO_MANY_MISTAKES", client.line());
            assertEquals("<end>", client.line());
        }
    }

    @Test
    void aBugEndsOnlyItsOwnSession() throws Exception {
        try (var server = start(Limits.standard());
                var other = new Client(server.port());
                var client = new Client(server.port())) {
            client.send("bug\r\n");
            assertEquals("bye FAULT", client.line());
            other.send("echo fine\r\n");
            assertEquals("fine", other.line());
        }
    }

    @Test // LESSONS 9
    void aPipeliningClientDoesNotStarveAnother() throws Exception {
        try (var server = start(Limits.standard());
                var greedy = new Client(server.port());
                var other = new Client(server.port())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    greedy.send("login x\r\n" + "echo x\r\n".repeat(200_000));
                                } catch (IOException closed) {
                                    ends.add("greedy closed");
                                }
                            });
            assertEquals("welcome", greedy.line());
            for (int i = 0; i < 20; i++) {
                other.send("echo " + i + "\r\n");
                assertEquals("" + i, other.line());
            }
            assertEquals("x", greedy.line());
        }
    }

    @Test // LESSONS 19
    void aCutStreamIsToldApartFromAClosedOne() throws Exception {
        try (var server = start(Limits.standard())) {
            try (var client = new Client(server.port())) {
                client.send("echo x\r\n");
                assertEquals("x", client.line());
            }
            assertEquals("end clean=true", ends.poll(10, TimeUnit.SECONDS));
            var raw = new Client(server.port());
            raw.send("echo x\r\n");
            assertEquals("x", raw.line());
            raw.cut();
            assertEquals("end clean=false", ends.poll(10, TimeUnit.SECONDS));
        }
    }

    private static byte[] randomBody() {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);
        return body;
    }

    /** A few commands, each of which tries one ability of a connection. */
    private final class TestProtocol implements LineProtocol {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public LineSession session(LineConnection connection) {
            opened.add(connection);
            return () -> run(connection);
        }

        @Override
        public String farewell(Farewell why) {
            return "bye " + why + "\r\n";
        }

        private void run(LineConnection c) throws IOException {
            try {
                while (true) {
                    try {
                        command(c, new String(c.readCommand(), StandardCharsets.ISO_8859_1));
                    } catch (LineTooLong e) {
                        c.write("too long\r\n");
                    }
                }
            } catch (EndOfStream e) {
                ends.add("end clean=" + e.clean());
                throw e;
            }
        }

        private void command(LineConnection c, String line) throws IOException {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "echo" -> c.write(words[1] + "\r\n");
                case "login" -> {
                    c.loggedIn(words[1]);
                    c.write("welcome\r\n");
                }
                case "guess" -> {
                    c.loginRefused();
                    c.write("wrong\r\n");
                }
                case "literal" -> {
                    byte[] octets = new byte[Integer.parseInt(words[1])];
                    c.readFully(octets, 0, octets.length);
                    c.write("hash " + ByteBuffer.wrap(octets).hashCode() + "\r\n");
                }
                case "big" -> {
                    c.write("x".repeat(8_000) + "\r\n");
                    sent.incrementAndGet();
                }
                case "body" -> c.writeBody(0, BODY.length, LineServerTest::body);
                case "flood" -> {
                    while (true) {
                        c.writeBody(0, BODY.length, LineServerTest::body);
                        sent.addAndGet(BODY.length);
                    }
                }
                case "await" ->
                        c.write(c.await(Duration.ofMillis(Long.parseLong(words[1]))) + "\r\n");
                case "slow" -> {
                    running.countDown();
                    awaitGoOn();
                    c.write("done\r\n");
                }
                default -> throw new IllegalStateException("a bug, as asked");
            }
        }

        private void awaitGoOn() {
            try {
                if (!goOn.await(10, TimeUnit.SECONDS)) throw new IllegalStateException();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int body(long offset, ByteBuffer into) {
        int some = (int) Math.min(into.remaining(), BODY.length - offset);
        into.put(BODY, (int) offset, some);
        return some;
    }
}
