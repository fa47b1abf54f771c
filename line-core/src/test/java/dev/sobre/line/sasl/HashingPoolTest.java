package dev.sobre.line.sasl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HashingPoolTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void theQueueIsBoundedAndNobodyIsForgotten() {
        var pool = new HashingPool(1, 3, Duration.ofMinutes(1));
        pool.submit(ONE, blocked("first"));
        await().until(() -> !pool.busy());
        for (int i = 1; i <= 4; i++) pool.submit(ONE, job("one" + i));
        pool.submit(OTHER, job("other1"));
        assertEquals(List.of("refused one4", "refused one3"), List.copyOf(log));
        gate.countDown();
        await().until(() -> log.size() == 6);
        assertEquals(List.of("first", "one1", "other1", "one2"), log.subList(2, 6));
    }

    @Test
    void noMoreThreadsThanAskedForAndNoneWhenIdle() {
        var pool = new HashingPool(2, 64, Duration.ofMillis(1));
        for (int i = 0; i < 20; i++) pool.submit(ONE, blocked("job"));
        assertEquals(2, pool.threads());
        gate.countDown();
        await().until(() -> log.size() == 20 && pool.threads() == 0);
        pool.submit(ONE, job("later"));
        await().until(() -> log.contains("later"));
    }

    @Test // LESSONS 10
    void aJobThatFailsHurtsNobodyElse() {
        var pool = new HashingPool(1, 64, Duration.ofMinutes(1));
        pool.submit(
                ONE,
                new HashingPool.Job(
                        memory -> {
                            throw new OutOfMemoryError("as if");
                        },
                        () -> log.add("refused")));
        pool.submit(ONE, job("next"));
        await().until(() -> log.size() == 2);
        assertEquals(List.of("refused", "next"), log);
        assertFalse(pool.busy());
    }

    @Test
    void aSubscribersIpv6NetworkIsOneOrigin() {
        assertEquals(origin("2001:db8:1:2::3"), origin("2001:db8:1:2:ffff::4"));
        assertNotEquals(origin("2001:db8:1:2::3"), origin("2001:db8:1:3::3"));
        assertNotEquals(origin("192.0.2.1"), origin("192.0.2.2"));
    }

    private static Object origin(String address) {
        return HashingPool.origin(InetAddress.ofLiteral(address));
    }

    private HashingPool.Job job(String name) {
        return new HashingPool.Job(memory -> log.add(name), () -> log.add("refused " + name));
    }

    private HashingPool.Job blocked(String name) {
        return new HashingPool.Job(
                memory -> {
                    try {
                        gate.await();
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                    log.add(name);
                },
                () -> log.add("refused " + name));
    }
}
