package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** When mail is tried again, on a clock that the test sets, and how much at a time. */
class BackOffTest extends Sending {

    private static final Instant BEGINNING = Instant.parse("2026-11-26T12:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(BEGINNING);
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);

    private RelaySettings onClock(FarServer far) {
        return direct(far).withSchedule(Schedule.standard()).withClock(clock::get);
    }

    @Test // RFC 5321 §4.5.4.1
    void whatIsRefusedForNowIsTriedForFiveDays() throws Exception {
        List<Duration> waits = new ArrayList<>();
        UnaryOperator<String> busy =
                c -> c.startsWith("RCPT") ? "450 4.2.1 busy" : FarServer.friendly().apply(c);
        try (var far = new FarServer(busy);
                var relay = start(onClock(far))) {
            submit(Terms.standard(BEGINNING), 1, "far.example");
            eventually().until(() -> attempts() == 1);
            while (attempts() > 0) {
                int before = attempts();
                Instant next = store.spool().nextDue().orElseThrow();
                Duration wait = Duration.between(clock.get(), next);
                waits.add(wait);
                boolean late = Duration.between(BEGINNING, next).compareTo(Duration.ofHours(4)) > 0;
                pass(relay, wait);
                eventually().until(() -> attempts() != before);
                assertEquals(late, !inbox().isEmpty(), "a word after four hours");
            }
            long retries = far.commands.stream().filter(c -> c.startsWith("RCPT")).count();
            assertEquals(waits.size() + 1, retries);
        }
        assertEquals(BEGINNING.plus(Duration.ofDays(5)), clock.get(), "the last try is at the end");
        long[] minutes = {5, 10, 20, 40, 80};
        for (int i = 0; i < waits.size() - 1; i++) {
            double middle = Duration.ofMinutes(i < minutes.length ? minutes[i] : 120).toMillis();
            assertEquals(middle, (double) waits.get(i).toMillis(), middle / 5 + 1, "wait " + i);
        }
        assertTrue(waits.size() > 50 && waits.size() < 80, waits.size() + " waits in five days");
        assertTrue(new HashSet<>(waits).size() > waits.size() / 2, "no two servers in step");
        assertEquals(2, inbox().size());
        assertTrue(inbox().getFirst().contains("\r\nAction: delayed\r\n"));
        assertTrue(inbox().getLast().contains("\r\nAction: failed\r\n"));
    }

    @Test
    void aDestinationThatIsDownRests() throws Exception {
        var up = new AtomicInteger();
        UnaryOperator<String> down =
                c ->
                        c.equals("<connect>") && up.get() == 0
                                ? "421 4.3.2 closed"
                                : FarServer.friendly().apply(c);
        try (var far = new FarServer(down);
                var relay = start(onClock(far).withConnections(1, 1))) {
            submit(Terms.standard(BEGINNING), 30, "far.example");
            eventually().until(() -> notes("421 4.3.2") == 30);
            assertEquals(1, far.connections.get(), "one try for all that wait");
            submit(Terms.standard(BEGINNING), 5, "far.example");
            eventually().until(() -> notes("421 4.3.2") == 35);
            assertEquals(1, far.connections.get(), "what comes meanwhile waits, too");
            up.set(1);
            pass(relay, Duration.ofHours(1));
            gone();
            assertEquals(35, far.messages.size());
            assertEquals(2, far.connections.get());
        }
    }

    @Test
    void noMoreConnectionsThanAllowedAreOpenAtATime() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(6);
        var goOn = new CountDownLatch(1);
        UnaryOperator<String> slow =
                c -> {
                    if (c.equals("<connect>")) {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        full.countDown();
                        waitFor(goOn);
                    } else if (c.equals("QUIT")) {
                        open.decrementAndGet();
                    }
                    return FarServer.friendly().apply(c);
                };
        try (var far = new FarServer(slow);
                var relay = start(direct(far).withConnections(6, 2))) {
            for (int i = 0; i < 4; i++) submit(terms(), 10, "d" + i + ".example");
            waitFor(full); // three domains have two each
            assertEquals(6, far.connections.get());
            goOn.countDown();
            gone();
            assertEquals(40, far.messages.size());
            assertTrue(most.get() <= 6, most.get() + " at once");
        }
        var one = new CountDownLatch(1);
        var two = new CountDownLatch(2);
        UnaryOperator<String> held =
                c -> {
                    two.countDown();
                    if (c.equals("<connect>")) waitFor(one);
                    return FarServer.friendly().apply(c);
                };
        try (var far = new FarServer(held);
                var relay = start(direct(far).withConnections(6, 2))) {
            submit(terms(), 10, "d.example");
            waitFor(two);
            assertFalse(far.connections.get() > 2, "one domain has two");
            one.countDown();
            gone();
            assertEquals(2, far.connections.get());
        }
    }

    @Test
    void oneThatIsSlowHoldsUpNoOther() throws Exception {
        try (var far = new FarServer(this::slow);
                var relay = start(direct(far))) {
            submit(terms(), 1, "far.example");
            eventually().until(() -> begun.get() == 1);
            submit(terms(), 1, "far.example");
            eventually().until(() -> begun.get() == 2);
            ends.release(2);
            gone();
        }
    }

    /** What waited long for its turn is claimed anew before it goes, not while it is on its way. */
    @Test
    void whoIsSlowGetsEachMailOnce() throws Exception {
        try (var far = new FarServer(this::slow)) {
            try (var relay = start(onClock(far).withConnections(2, 2))) {
                submit(Terms.standard(BEGINNING), 3, "far.example");
                eventually().until(() -> begun.get() == 2);
                pass(relay, Duration.ofHours(5));
                ends.release(2);
                eventually().until(() -> begun.get() == 3);
                pass(relay, Duration.ofMinutes(100)); // longer since the start than a claim holds
                eventually().until(() -> store.spool().nextDue().get().isAfter(clock.get()));
                submit(Terms.standard(BEGINNING), 1, "far.example");
                eventually().until(() -> begun.get() == 4);
                ends.release(4);
                gone();
            }
            assertEquals(4, far.messages.size());
        }
    }

    @Test
    void aConnectionIsMadeAnewAfterAHundredMails() throws Exception {
        try (var far = new FarServer(FarServer.friendly())) {
            submit(terms(), 250, "far.example");
            try (var relay = start(direct(far).withConnections(1, 1))) {
                gone();
            }
            assertEquals(250, far.messages.size());
            assertEquals(3, far.connections.get());
        }
    }

    /** Answers a message when it is let. */
    private String slow(String command) {
        if (command.equals(".")) {
            begun.incrementAndGet();
            ends.acquireUninterruptibly();
        }
        return FarServer.friendly().apply(command);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofMinutes(1));
    }

    private static void waitFor(CountDownLatch latch) {
        eventually().until(() -> latch.getCount() == 0);
    }

    private void pass(Relay relay, Duration time) {
        clock.set(clock.get().plus(time));
        relay.forgive(); // so that it looks at the clock
    }

    private void submit(Terms terms, int mails, String domain) {
        var body = BlobSource.Bytes.of(TEXT.getBytes(StandardCharsets.UTF_8));
        var to = new Spool.Entry("bob@" + domain, domain, terms.accepted(), 0, "", terms);
        for (int i = 0; i < mails; i++) {
            store.accept(
                    new Submission(
                            DeliveryId.random(),
                            "ann@example.org",
                            body,
                            terms.accepted(),
                            List.of(),
                            List.of(to)));
        }
    }

    /** Of the first mail that waits; 0 where none does. */
    private int attempts() {
        return all().stream().mapToInt(w -> w.entry().attempts()).findFirst().orElse(0);
    }

    private long notes(String text) {
        return all().stream().filter(w -> w.entry().note().contains(text)).count();
    }

    private List<Spool.Waiting> all() {
        return store.spool().list(Optional.empty(), 1000);
    }
}
