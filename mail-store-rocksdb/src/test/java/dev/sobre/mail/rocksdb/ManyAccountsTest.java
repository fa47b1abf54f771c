package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts that nobody uses cost disk space alone. */
class ManyAccountsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyAccountsTest.class);
    private static final int AT_ONCE = 64;
    private static final long MOST_HEAP = 8 << 20;

    @TempDir private Path home;

    @Test
    void twoThousandAreFoundCountedAndTakeNoMemory() throws Exception {
        run(2_000);
    }

    @Test
    @Tag("nightly")
    void aHundredThousandAreFoundCountedAndTakeNoMemory() throws Exception {
        run(100_000);
    }

    private void run(int many) throws Exception {
        long began = System.nanoTime();
        try (var store = RocksMailStore.open(home)) {
            create(store, many);
        }
        LOG.info("{} accounts made in {}", many, since(began));
        long heap = heap();
        long opening = System.nanoTime();
        try (var store = RocksMailStore.open(home)) {
            LOG.info("opened in {}", since(opening));
            assertTrue(heap() - heap < MOST_HEAP, "heap grew from " + heap + " to " + heap());
            assertEquals(many, store.accounts().count());
            assertTrue(store.accounts().hasDomain("d7.example"));
            assertFalse(store.accounts().hasDomain("example"));
            assertEquals(many - 1, number(store.accounts().administrator().orElseThrow()));
            var recipients = new Recipients(store.accounts(), Set.of(), "+");
            var found = recipients.resolve("u17+shop", "d7.example");
            assertEquals(17, found instanceof Answer.To(var to, _) ? number(to) : -1);
            assertEquals(new Answer.Elsewhere(), recipients.resolve("u17", "d8.other"));
        }
    }

    private static void create(RocksMailStore store, int many) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Account>> made = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                var wanted = wanted(i, i == many - 1);
                made.add(threads.submit(() -> store.accounts().create(wanted)));
            }
            for (var each : made) each.get();
        }
    }

    private static NewAccount wanted(int number, boolean administrator) {
        var plain = NewAccount.of("u" + number + "@d" + number % 10 + ".example", "h");
        return new NewAccount(plain.addresses(), "h", "", administrator, plain.quota());
    }

    private static int number(Account account) {
        return Integer.parseInt(account.address().substring(1, account.address().indexOf('@')));
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
