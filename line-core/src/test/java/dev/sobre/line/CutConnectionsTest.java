package dev.sobre.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Admission;
import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Many connections that end in any way at any moment, among honest ones: no answer is missing, no
 * session remains, no buffer leaks.
 */
class CutConnectionsTest {

    private static final int CLIENTS = 4;
    private static final int CONNECTIONS = 45; // of each client
    private static final byte[] BODY = "0123456789abcdef".repeat(20_000).getBytes(ISO_8859_1);
    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    private final AtomicInteger honest = new AtomicInteger();

    @Test
    void nothingIsLeftBehind() throws Exception {
        var limits = Limits.standard().withPreLoginOctets(1 << 20);
        var listener =
                ListenerSettings.loopback(0)
                        .withAdmission(Admission.standard().withConnections(10_000, 10_000));
        try (var leaks = new Leaks();
                var server = LineServer.start(listener, TLS, new Words(), limits)) {
            for (Future<?> client : clients(server.port())) client.get();
            await().atMost(Duration.ofSeconds(20)).until(() -> server.sessions().isEmpty());
            assertTrue(honest.get() > CONNECTIONS / 4, "honest clients: " + honest);
            leaks.assertNone();
        }
    }

    private List<Future<Void>> clients(int port) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int seed = 0; seed < CLIENTS; seed++) {
                var random = new Random(seed);
                clients.add(
                        () -> {
                            for (int i = 0; i < CONNECTIONS; i++) connection(port, random);
                            return null;
                        });
            }
            return threads.invokeAll(clients);
        }
    }

    private void connection(int port, Random random) throws Exception {
        int manner = random.nextInt(8);
        if (manner == 0) {
            cutHandshake(port, random);
            return;
        }
        var talk = new Talk(random);
        var client = new Client(port);
        if (manner <= 2) {
            talk.honestly(client);
            honest.incrementAndGet();
            return;
        }
        try {
            talk.partly(client);
        } catch (IOException e) {
            // The server may be done with us first.
        }
        switch (manner) {
            case 3, 4 -> client.cut();
            case 5, 6 -> client.reset();
            default -> client.close();
        }
    }

    private static void cutHandshake(int port, Random random) throws IOException {
        byte[] hello = new byte[random.nextInt(600)];
        random.nextBytes(hello);
        byte[] start = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
        System.arraycopy(start, 0, hello, 0, Math.min(start.length, hello.length));
        try (var tcp = new Socket(InetAddress.getLoopbackAddress(), port)) {
            tcp.getOutputStream().write(hello);
            tcp.setSoLinger(random.nextBoolean(), 0);
        }
    }

    /** What one client says, and what it must hear. */
    private static final class Talk {

        private final Random random;
        private final StringBuilder said = new StringBuilder();
        private final StringBuilder heard = new StringBuilder();

        Talk(Random random) {
            this.random = random;
            int words = 1 + random.nextInt(120);
            for (int i = 0; i < words; i++) word();
        }

        private void word() {
            int size = random.nextInt(random.nextInt(4) == 0 ? 6_000 : 60);
            String text = "x".repeat(size);
            switch (random.nextInt(20)) {
                case 0 -> say("login", "welcome\r\n");
                case 1 -> say("body " + size * 40, body(size * 40));
                case 2, 3 -> say("take " + size + "\r\n" + text, size + " taken\r\n");
                case 4 -> say("await", "INPUT\r\n");
                default -> say("echo " + text, text + "\r\n");
            }
        }

        private void say(String words, String answer) {
            said.append(words).append("\r\n");
            heard.append(answer);
        }

        private static String body(int size) {
            return new String(BODY, 0, size, ISO_8859_1) + "\r\n";
        }

        /** Says everything in pieces, hears everything. */
        void honestly(Client client) throws Exception {
            said.append("quit\r\n");
            var whole = new AtomicBoolean();
            Thread speaker =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            speak(client, said.length());
                                            whole.set(true);
                                        } catch (IOException e) {
                                            whole.set(false);
                                        }
                                    });
            byte[] answer = client.in.readAllBytes();
            speaker.join();
            client.close();
            assertTrue(whole.get(), "the server did not listen to the end");
            assertEquals(heard.length(), answer.length);
            assertEquals(heard.toString(), new String(answer, ISO_8859_1));
        }

        /** Says and hears a part. */
        void partly(Client client) throws IOException {
            speak(client, random.nextInt(said.length()));
            client.patience(Duration.ofMillis(20));
            if (random.nextBoolean()) client.in.skipNBytes(random.nextInt(40_000));
        }

        private void speak(Client client, int upTo) throws IOException {
            int at = 0;
            while (at < upTo) {
                int piece = Math.min(upTo - at, 1 + random.nextInt(9_000));
                client.send(said.substring(at, at + piece));
                at += piece;
            }
        }
    }

    /** The server's side: a word, its arguments, its answer. */
    private static final class Words implements LineProtocol {

        @Override
        public String name() {
            return "words";
        }

        @Override
        public LineSession session(LineConnection connection) {
            return () -> {
                boolean more = true;
                while (more)
                    more = word(connection, new String(connection.readCommand(), ISO_8859_1));
            };
        }

        @Override
        public String farewell(Farewell why) {
            return "bye " + why + "\r\n";
        }

        private static boolean word(LineConnection c, String line) throws IOException {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "quit" -> {
                    return false;
                }
                case "login" -> {
                    c.loggedIn("ann");
                    c.write("welcome\r\n");
                }
                case "body" -> {
                    c.writeBody(0, Long.parseLong(words[1]), CutConnectionsTest::body);
                    c.write("\r\n");
                }
                case "take" -> {
                    c.skip(Long.parseLong(words[1]));
                    c.readLine();
                    c.write(words[1] + " taken\r\n");
                }
                case "await" -> c.write(c.await(Duration.ofSeconds(20)) + "\r\n");
                default -> c.write(words[1] + "\r\n");
            }
            return true;
        }
    }

    private static int body(long offset, ByteBuffer into) {
        int some = (int) Math.min(into.remaining(), BODY.length - offset);
        into.put(BODY, (int) offset, some);
        return some;
    }
}
