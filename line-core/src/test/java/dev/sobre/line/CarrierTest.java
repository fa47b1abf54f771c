package dev.sobre.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is at something long makes room for the others of its event loop. */
class CarrierTest {

    private static final int SOME = 20;
    private static final int TRIES = 20; // the machine may be busy with something else

    private final AtomicInteger answered = new AtomicInteger();
    private final List<Client> clients = new ArrayList<>();
    private LineServer server;
    private volatile boolean foreign;

    @BeforeEach
    void start() {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        server =
                LineServer.start(
                        ListenerSettings.loopback(0), tls, new Protocol(), Limits.standard());
    }

    @AfterEach
    void stop() throws Exception {
        for (Client client : clients) client.close();
        server.close();
    }

    private final class Protocol implements LineProtocol {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean isForeign() {
            return foreign;
        }

        @Override
        public LineSession session(LineConnection c) {
            return () -> {
                c.loggedIn("ann"); // who may send as much as she likes
                while (true) answer(new String(c.readCommand(), StandardCharsets.US_ASCII), c);
            };
        }

        @Override
        public String farewell(Farewell why) {
            return "bye\r\n";
        }
    }

    private void answer(String command, LineConnection c) throws IOException {
        switch (command) {
            case "who" -> c.write(carrier() + "\r\n");
            case "aside" -> {
                c.stepAside();
                c.write(carrier() + "\r\n");
            }
            case "count" -> {
                answered.incrementAndGet();
                c.write("counted\r\n");
            }
            case "long" -> {
                int enough = answered.get() + SOME;
                long late = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (answered.get() < enough && System.nanoTime() < late) c.write("");
                c.write(
                        answered.get() < enough
                                ? "nobody was served\r\n"
                                : "others were served\r\n");
            }
            case "step" -> {
                long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(200);
                while (System.nanoTime() < end) Thread.onSpinWait();
                c.write(answered.get() + "\r\n");
            }
            default -> throw new IOException("what?");
        }
    }

    private static String carrier() {
        return Thread.currentThread().toString().replaceFirst(".*@", "");
    }

    private Client connect() throws IOException {
        var client = new Client(server.port());
        clients.add(client);
        return client;
    }

    private static String ask(String command, Client client) throws IOException {
        client.send(command + "\r\n");
        return client.line();
    }

    /** A connection that has the event loop of another. */
    private Client neighbour(Client client) throws IOException {
        String loop = ask("who", client);
        while (true) {
            var other = connect();
            if (ask("who", other).equals(loop)) return other;
        }
    }

    /** Does something while a client lets itself be counted again and again. */
    private List<String> beside(Client counted, Client client, String commands) throws Exception {
        var over = new AtomicBoolean();
        var counting =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (!over.get()) ask("count", counted);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        client.send(commands);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < commands.lines().count(); i++) answers.add(client.line());
        over.set(true);
        counting.get(20, TimeUnit.SECONDS);
        return answers;
    }

    @Test
    void whatTakesTimeRunsBesideTheLoopUntilItIsOver() throws Exception {
        var client = connect();
        String loop = ask("who", client);
        assertTrue(loop.startsWith("sobre-io-"), loop);
        assertTrue(ask("aside", client).startsWith("sobre-beside-"));
        await().untilAsserted(() -> assertEquals(loop, ask("who", client)));
    }

    @Test
    void noLoopCarriesCodeOfOthers() throws Exception {
        foreign = true;
        try (var client = connect()) {
            assertTrue(ask("who", client).startsWith("ForkJoinPool-"));
            assertTrue(ask("aside", client).startsWith("ForkJoinPool-"));
        }
    }

    @Test
    void aLongAnswerMakesRoom() throws Exception {
        var client = connect();
        var answers = beside(neighbour(client), client, "long\r\n");
        assertEquals(List.of("others were served"), answers);
        await().until(() -> ask("who", client).startsWith("sobre-io-"));
    }

    @Test
    void soDoManyShortOnesInOneGo() throws Exception {
        var client = connect();
        var other = neighbour(client);
        int served = 0;
        for (int i = 0; i < TRIES && served < SOME; i++) {
            var counts = beside(other, client, "step\r\n".repeat(1000));
            served = Integer.parseInt(counts.getLast()) - Integer.parseInt(counts.getFirst());
        }
        assertTrue(served >= SOME, served + " commands were answered");
    }
}
