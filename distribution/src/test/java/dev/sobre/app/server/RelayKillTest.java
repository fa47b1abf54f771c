package dev.sobre.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.smtp.relay.Destination;
import dev.sobre.smtp.relay.Direct;
import dev.sobre.smtp.relay.Host;
import dev.sobre.smtp.relay.Relay;
import dev.sobre.smtp.relay.RelaySettings;
import dev.sobre.smtp.relay.Returns;
import dev.sobre.smtp.relay.Schedule;
import dev.sobre.smtp.relay.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it relays: every mail that it accepted arrives at each of its
 * recipients, and none arrives again after the process showed that it knew of the 250.
 */
class RelayKillTest {

    @TempDir Path store;

    @Test
    void killedFourTimes() throws Exception {
        rounds(4);
    }

    @Tag("nightly")
    @Test
    void killedAHundredTimes() throws Exception {
        rounds(100);
    }

    private void rounds(int rounds) throws Exception {
        var random = new Random();
        Set<Long> accepted = new TreeSet<>();
        try (var far = new CountingServer()) {
            for (int round = 0; round < rounds; round++) {
                int count = 20 + random.nextInt(150);
                accepted.addAll(
                        KilledProcess.run(
                                Child.class, count, store, far.port(), round * 1_000_000));
            }
            try (var rest = RocksMailStore.open(store);
                    var _ = relay(rest, far.port())) {
                await().atMost(60, SECONDS).until(() -> rest.spool().size() == 0);
            }
            assertEquals(Set.of(), far.again(), "came again after a confirmed 250");
            Set<String> missing = new TreeSet<>();
            for (long number : accepted) {
                for (String recipient : Child.RECIPIENTS) {
                    String copy = number + " " + recipient;
                    if (!far.arrived().contains(copy)) missing.add(copy);
                }
            }
            assertEquals(Set.of(), missing, "accepted and lost");
            try (var rest = RocksMailStore.open(store)) {
                assertHereOnce(rest, accepted);
            }
        }
    }

    /** What waited for a mailbox of this server is there, once. */
    private static void assertHereOnce(MailStore store, Set<Long> accepted) {
        var ann = store.accounts().find(Child.HERE).orElseThrow();
        var inbox = store.find(ann.id(), Mailbox.INBOX).orElseThrow();
        Set<Long> missing = new TreeSet<>(accepted);
        Set<Long> again = new TreeSet<>();
        Set<Long> there = new TreeSet<>();
        try (var messages = store.messages(inbox.id(), UidSet.ALL)) {
            for (var m = messages.next(); m.isPresent(); m = messages.next()) {
                var envelope = m.get().structure().envelope().orElseThrow();
                long number = Long.parseLong(envelope.subject().orElseThrow());
                missing.remove(number);
                if (!there.add(number)) again.add(number);
            }
        }
        assertEquals(Set.of(), missing, "accepted and not in its mailbox");
        assertEquals(Set.of(), again, "twice in its mailbox");
    }

    static Relay relay(MailStore store, int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var there = List.of(new Host("mx.far.example", address, Security.OPPORTUNISTIC));
        var settings =
                RelaySettings.by(new Direct(_ -> new Destination.Hosts(there)), "mail.example.org")
                        .withSchedule(new Schedule(Duration.ofMillis(50), Duration.ofMillis(200)));
        var recipients = new Recipients(store.accounts(), Set.of(), "+");
        return Relay.start(settings, store, recipients, Returns.NOBODY);
    }

    /** Accepts mail without end, and relays it meanwhile. */
    static final class Child {

        static final List<String> RECIPIENTS = List.of("bob@far.example", "eve@far.example");

        static final String HERE = "ann@example.org";

        private Child() {}

        public static void main(String[] args) throws IOException {
            try (var store = RocksMailStore.open(Path.of(args[0]));
                    var _ = relay(store, Integer.parseInt(args[1]))) {
                if (store.accounts().find(HERE).isEmpty()) {
                    store.accounts().create(List.of(HERE), "", false);
                }
                long number = Long.parseLong(args[2]);
                // Until it is killed, or nobody reads what it says.
                while (!System.out.checkError()) accept(store, ++number);
            }
        }

        private static void accept(MailStore store, long number) {
            byte[] octets = ("Subject: " + number + "\r\n\r\ntext\r\n").getBytes(US_ASCII);
            var now = Instant.now();
            var entries = new ArrayList<Spool.Entry>();
            for (String to : RECIPIENTS) {
                entries.add(new Spool.Entry(to, "far.example", now, 0, ""));
            }
            entries.add(new Spool.Entry(HERE, "", now.plusMillis(20), 0, ""));
            store.accept(
                    new Submission(
                            DeliveryId.random(),
                            "ann@example.org",
                            BlobSource.Bytes.of(octets),
                            now,
                            List.of(),
                            entries));
            System.out.println("ACK " + number);
            System.out.flush();
        }
    }
}
