package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients that have not logged in can make us hold, while their sessions do not read. */
class StrangersTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));
    private static final int STRANGERS = 100;

    /** The inbox's bound, and the one record that goes over it with the room it came in. */
    private static final int MOST = 4 * 1024 + 20 * 1024 + 512;

    /** What ends the connection when it comes all the same. */
    private static final int FLOOD = 36 * 1024;

    /** A stranger's share of the buffers into which loops read. */
    private static final int READING = 4 * 1024;

    private final List<LineConnection> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger deaf = new AtomicInteger();
    private final AtomicLong read = new AtomicLong(48_000);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** LESSONS 2. */
    @ParameterizedTest
    @CsvSource({"1, 2000", "300, 300", "5000, 40", "16384, 20"})
    void theyFillTheirInboxesOnce(int record, int records) throws Exception {
        long before = used();
        try (var server = start(new Deaf(false))) {
            var clients = new ArrayList<Client>();
            try {
                comeAndAreHeard(clients, server);
                for (Client client : clients) client.sendAtOnce(record, records);
                quiet();
                for (LineConnection each : opened) {
                    int held = each.inbox().held();
                    assertTrue(held > 0 && held <= MOST, "held for a stranger: " + held);
                }
                long each = (used() - before) / STRANGERS;
                assertTrue(each < MOST + READING, "taken for a stranger: " + each);
            } finally {
                goOn.countDown();
                for (Client client : clients) client.reset();
            }
        }
    }

    /**
     * LESSONS 2: what comes before a FIN is read whatever we say, as much as the kernel has taken.
     */
    @ParameterizedTest
    @CsvSource({"1, 2500", "300, 180", "16000, 4"})
    void whoEndsBehindAFloodIsCutOff(int record, int records) throws Exception {
        long before = used();
        try (var server = start(new Deaf(false))) {
            var clients = new ArrayList<Client>();
            try {
                comeAndAreHeard(clients, server);
                for (Client client : clients) client.sendAndEnd(record, records);
                await().until(() -> opened.stream().allMatch(c -> c.closed().isDone()));
                for (LineConnection each : opened) {
                    int held = each.inbox().held();
                    assertTrue(held <= FLOOD, "held for a stranger: " + held);
                    assertEquals(Inbox.End.CUT, each.inbox().end());
                }
                // Buffers of what was cut off are given back a moment after.
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> (used() - before) / STRANGERS < FLOOD + READING);
            } finally {
                goOn.countDown();
                for (Client client : clients) client.reset();
            }
        }
    }

    /** Who has logged in is read as fast as it can send. */
    @Test
    void whoLogsInIsReadInLargePortions() throws Exception {
        try (var server = start(new Deaf(true));
                var client = new Client(server.port())) {
            client.sendAtOnce(16_000, 40);
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    !opened.isEmpty()
                                            && opened.getFirst().inbox().held() > 128 * 1024);
            goOn.countDown();
        }
    }

    /** What a client that has logged in sends in one go, the FIN behind it, is all read. */
    @Test
    void whoLogsInMayEndBehindWhatItSends() throws Exception {
        try (var server = start(new Deaf(true));
                var client = new Client(server.port())) {
            client.sendAndEnd(16_000, 100);
            await().until(() -> deaf.get() == 1);
            goOn.countDown();
            await().until(() -> read.get() == 1_600_000);
        }
    }

    private static LineServer start(Deaf protocol) {
        return LineServer.start(ListenerSettings.loopback(0), TLS, protocol, Limits.standard());
    }

    /** At first strangers are heard, so that Netty learns to expect much of them. */
    private void comeAndAreHeard(List<Client> clients, LineServer server) throws IOException {
        for (int i = 0; i < STRANGERS; i++) clients.add(new Client(server.port()));
        await().until(() -> opened.size() == STRANGERS);
        for (Client client : clients) client.sendAtOnce(16_000, 3);
        await().until(() -> deaf.get() == STRANGERS);
    }

    /** Waits until something is taken in of everybody, and nothing more. */
    private void quiet() {
        var last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            var held = opened.stream().map(c -> c.inbox().held()).toList();
                            long now = held.stream().mapToLong(each -> each).sum();
                            return !held.contains(0) && last.getAndSet(now) == now;
                        });
    }

    private static long used() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** A protocol whose sessions read a little, and then no more. */
    private final class Deaf implements LineProtocol {
        private final boolean login;

        Deaf(boolean login) {
            this.login = login;
        }

        @Override
        public String name() {
            return "deaf";
        }

        @Override
        public LineSession session(LineConnection connection) {
            if (login) connection.loggedIn("ann");
            opened.add(connection);
            return () -> {
                connection.readFully(new byte[48_000], 0, 48_000);
                deaf.incrementAndGet();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                while (login) readOn(connection);
            };
        }

        private void readOn(LineConnection connection) throws IOException {
            int some = connection.input().remaining();
            connection.consume(some);
            read.addAndGet(some);
        }

        @Override
        public String farewell(Farewell why) {
            return "";
        }
    }
}
