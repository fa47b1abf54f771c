package dev.sobre.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.server.SmallServer.Client;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.rocksdb.RocksMailStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many clients do at once does not need much memory. */
class SmallHeapTest {

    private static final int STREAMS = 64;
    private static final int LOGINS = 1000;

    @TempDir Path folder;

    @Test // together a quarter of a gigabyte
    void manyStreamAtOnce() throws Exception {
        stream(4_000_000, 80);
    }

    @Tag("nightly")
    @Test
    void manyStreamMuchAtOnce() throws Exception {
        stream(50_000_000, 256);
    }

    private void stream(int octets, int heapMiB) throws Exception {
        try (var server = SmallServer.start(folder, heapMiB)) {
            var halfway = new CyclicBarrier(STREAMS);
            List<Callable<String>> senders = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) senders.add(() -> send(server, octets, halfway));
            for (var answer : all(senders)) assertEquals("250 2.0.0", answer.substring(0, 9));
            assertTrue(server.ends());
        }
        try (var store = RocksMailStore.open(folder)) {
            var user = store.accounts().find("user0@example.org").orElseThrow();
            var inbox = store.find(user.id(), Mailbox.INBOX).orElseThrow();
            assertEquals(STREAMS, store.state(inbox.id()).messages());
            assertTrue(store.accounts().usage(user.id()).octets() >= (long) STREAMS * octets);
        }
    }

    /** Sends a mail; every sender waits in the middle for all others. */
    private static String send(SmallServer server, int octets, CyclicBarrier halfway)
            throws Exception {
        byte[] line = ("x".repeat(998) + "\r\n").getBytes(US_ASCII);
        try (var client = server.client()) {
            Client.require("235", again(client, 0));
            Client.require("250", client.say("MAIL FROM:<user0@example.org>"));
            Client.require("250", client.say("RCPT TO:<user0@example.org>"));
            Client.require("354", client.say("DATA"));
            client.send("From: user0@example.org\r\n\r\n".getBytes(US_ASCII));
            for (int sent = 0; sent < octets; sent += line.length) {
                if (sent == octets / 2) halfway.await(5, MINUTES);
                client.send(line);
            }
            return client.say(".");
        }
    }

    /** Logs in, when there is room to check the password. */
    private static String again(Client client, int user) {
        return Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(5))
                .until(() -> client.logIn(user, "secret"), answer -> !answer.startsWith("454"));
    }

    @Test // LESSONS 10: at 19 MiB a password these need 19 GiB, and there are 128 MiB
    void aThousandLogInAtOnce() throws Exception {
        try (var server = SmallServer.start(folder, 128)) {
            var here = new CyclicBarrier(LOGINS);
            List<Callable<String>> clients = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                int user = i % SmallServer.USERS;
                clients.add(() -> logIn(server, user, here));
            }
            int in = 0;
            int putOff = 0;
            for (String answer : all(clients)) {
                if (answer.startsWith("235 2.7.0 ")) in++;
                else if (answer.startsWith("454 4.7.0 logins can't be checked now")) putOff++;
                else throw new AssertionError(answer);
            }
            assertTrue(in > 0 && putOff > 0, in + " are in, " + putOff + " were put off");
            try (var client = server.client()) {
                Client.require("235 2.7.0 ", again(client, 1));
            }
            assertTrue(server.ends());
        }
    }

    private static String logIn(SmallServer server, int user, CyclicBarrier here) throws Exception {
        try (var client = server.client()) {
            here.await(5, MINUTES);
            return client.logIn(user, "secret");
        }
    }

    private static List<String> all(List<Callable<String>> clients) throws Exception {
        List<String> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> each : threads.invokeAll(clients)) answers.add(each.get());
        }
        return answers;
    }
}
