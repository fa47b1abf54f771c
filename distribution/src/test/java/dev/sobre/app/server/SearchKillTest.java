package dev.sobre.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it indexes: the next search is right, before the index has caught
 * up and after, and nothing that was acknowledged is missing in it.
 */
class SearchKillTest {

    private static final int ROUNDS = 3;

    private static final SearchSettings FAST =
            SearchSettings.DEFAULTS
                    .withEverything(true)
                    .withTimes(
                            new SearchSettings.Times(
                                    Duration.ofMillis(5),
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(100),
                                    Duration.ofSeconds(30)));

    @TempDir Path home;

    @Test
    void theNextSearchIsRight() throws Exception {
        var random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            int count = 40 + random.nextInt(400);
            long acknowledged =
                    KilledProcess.run(Child.class, count, home, round * 1_000_000).getLast();
            try (var store = RocksMailStore.open(home.resolve("store"));
                    var search = Search.open(store, home.resolve("search"), FAST)) {
                var last = new SearchKey.Body("number " + acknowledged + ".");
                assertEquals(1, search.find(inbox(store), last).count());
                compare(store, search);
                await().atMost(60, SECONDS).until(search::isIndexed);
                assertEquals(1, search.find(inbox(store), last).count());
                compare(store, search);
            }
        }
    }

    /** With the index and by reading each message. */
    private static void compare(MailStore store, Search search) {
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            for (String text : List.of("number", "even", "7.", "no such text")) {
                var key = new SearchKey.Text(text);
                assertEquals(scan.find(inbox(store), key), search.find(inbox(store), key), text);
            }
        }
    }

    private static MailboxId inbox(MailStore store) {
        Account ann = store.accounts().find("ann@example.org").orElseThrow();
        return store.find(ann.id(), "INBOX").orElseThrow().id();
    }

    /** Delivers without end, expunges now and then, and indexes meanwhile. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            Path home = Path.of(args[0]);
            try (var store = RocksMailStore.open(home.resolve("store"));
                    var search = Search.open(store, home.resolve("search"), FAST)) {
                if (store.accounts().list().isEmpty()) {
                    store.accounts().create(List.of("ann@example.org"), "{PLAIN}secret", false);
                }
                long number = Long.parseLong(args[1]);
                // Until it is killed, or nobody reads what it says.
                while (!System.out.checkError()) deliver(store, ++number);
            }
        }

        private static void deliver(MailStore store, long number) throws IOException {
            String text = "Subject: " + (number % 2 == 0 ? "even" : "odd") + "\r\n\r\nnumber ";
            byte[] octets = (text + number + ".\r\n").getBytes(US_ASCII);
            var delivery =
                    new Delivery(
                            DeliveryId.random(),
                            BlobSource.Bytes.of(octets),
                            Flags.NONE,
                            Instant.now());
            long uid = store.append(inbox(store), List.of(delivery)).getFirst().uid();
            if (number % 50 == 0) {
                var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
                var some = UidSet.range(Math.max(1, uid - 20), Math.max(1, uid - 10));
                store.store(inbox(store), some, deleted, Long.MAX_VALUE);
                store.expunge(inbox(store), some);
            }
            System.out.println("ACK " + number);
            System.out.flush();
        }
    }
}
