package dev.sobre.line.sasl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Accounts;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.memory.MemoryStore;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A thousand clients at once: each gets an answer, and whoever is right gets in at last. */
class ThousandLoginsTest {

    private static final int CLIENTS = 1_000;
    private static final int USERS = 50;

    private final Accounts accounts = MemoryStore.empty().accounts();
    private final CountDownLatch start = new CountDownLatch(1);

    @Test // each hash takes 19 MiB: a thousand at once would be 19 GiB, and the heap is 1 GiB
    void eachIsAnsweredAndTheRightOnesGetIn() throws Exception {
        String stored = PasswordHash.argon2id("secret");
        for (int i = 0; i < USERS; i++) accounts.create(List.of(user(i)), stored, false);
        var answers = new ArrayList<Future<Verdict>>();
        try (var verifier = PasswordVerifier.over(accounts);
                var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                answers.add(sessions.submit(() -> first(verifier, client)));
            }
            start.countDown();
            int busy = 0;
            for (int i = 0; i < CLIENTS; i++) {
                switch (answers.get(i).get(2, TimeUnit.MINUTES)) {
                    case Verdict.Granted(var account) -> {
                        assertTrue(right(i), "a wrong password was granted");
                        assertEquals(user(i % USERS), account.address());
                    }
                    case Verdict.Denied denied -> assertTrue(!right(i), "a right one was denied");
                    case Verdict.PutOff no -> throw new AssertionError("one guess an address");
                    case Verdict.Unavailable unavailable -> {
                        busy++;
                        if (right(i)) answers.set(i, sessions.submit(again(verifier, i)));
                    }
                }
            }
            assertTrue(busy > 0, "a queue of 64 held a thousand");
            for (int i = 0; i < CLIENTS; i++) {
                if (!right(i)) continue;
                assertInstanceOf(Verdict.Granted.class, answers.get(i).get(2, TimeUnit.MINUTES));
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        assertTrue(HashingPool.shared().threads() <= cores);
    }

    private Verdict first(PasswordVerifier verifier, int client) throws Exception {
        start.await();
        return login(verifier, client);
    }

    /** A client that comes back until it is let in. */
    private static Callable<Verdict> again(PasswordVerifier verifier, int client) {
        return () ->
                await().pollInSameThread()
                        .pollInterval(5, TimeUnit.MILLISECONDS)
                        .atMost(2, TimeUnit.MINUTES)
                        .until(
                                () -> login(verifier, client),
                                verdict -> !(verdict instanceof Verdict.Unavailable));
    }

    private static Verdict login(PasswordVerifier verifier, int client) throws Exception {
        var address = new byte[] {10, 0, (byte) (client >> 8), (byte) client};
        var password = right(client) ? "secret" : "wrong" + client;
        return verifier.verify(
                new Credentials.Password(user(client % USERS), password),
                InetAddress.getByAddress(address));
    }

    private static boolean right(int client) {
        return client % 2 == 0;
    }

    private static String user(int number) {
        return "user" + number + "@example.org";
    }
}
