package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.source;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The queue gives each due entry to one worker at a time and forgets none. */
interface SpoolRules extends StoreUnderTest {

    Duration LEASE = Duration.ofMinutes(5);

    default DeliveryId spool(Spool.Entry... entries) {
        var id = DeliveryId.random();
        store().accept(
                        new Submission(
                                id,
                                "ann@example.org",
                                source("text"),
                                DATE,
                                List.of(),
                                List.of(entries)));
        return id;
    }

    private static Spool.Entry entry(String recipient, Instant due) {
        return new Spool.Entry(
                recipient, recipient.substring(recipient.indexOf('@') + 1), due, 0, "");
    }

    default List<Spool.Claim> claim(Instant now) {
        return store().spool().claim(now, LEASE, 100);
    }

    private static List<String> recipients(List<Spool.Claim> claims) {
        return claims.stream().map(c -> c.entry().recipient()).toList();
    }

    @Test
    default void dueEntriesAreClaimedOldestFirst() throws Exception {
        var spool = store().spool();
        assertEquals(Optional.empty(), spool.nextDue());
        spool(entry("later@b", DATE.plusSeconds(60)), entry("late@b", DATE.plusSeconds(30)));
        var id = spool(entry("now@c", DATE));
        assertEquals(3, spool.size());
        assertEquals(Optional.of(DATE), spool.nextDue());
        assertEquals(List.of(), claim(DATE.minusSeconds(1)));
        var claim = claim(DATE).getFirst();
        assertEquals(id, claim.mail());
        assertEquals("ann@example.org", claim.sender());
        assertEquals(entry("now@c", DATE), claim.entry());
        assertEquals(DATE.plus(LEASE), claim.until());
        assertEquals("text", new String(Dump.octets(store(), claim.body()), US_ASCII));
        assertEquals(List.of("late@b", "later@b"), recipients(claim(DATE.plusSeconds(60))));
    }

    @Test
    default void aClaimTakesNoMoreThanAsked() {
        spool(
                entry("a@x", DATE),
                entry("b@x", DATE.plusSeconds(1)),
                entry("c@x", DATE.plusSeconds(2)));
        Instant now = DATE.plusSeconds(10);
        assertEquals(List.of("a@x", "b@x"), recipients(store().spool().claim(now, LEASE, 2)));
        assertEquals(List.of("c@x"), recipients(store().spool().claim(now, LEASE, 2)));
        assertEquals(List.of(), store().spool().claim(now, LEASE, 2));
        assertEquals(3, store().spool().size());
    }

    @Test
    default void aClaimThatRunsOutIsDueAgain() throws Exception {
        spool(entry("a@x", DATE));
        var first = claim(DATE).getFirst();
        assertEquals(List.of(), claim(DATE.plus(LEASE).minusSeconds(1)));
        assertEquals(Optional.of(DATE.plus(LEASE)), store().spool().nextDue());
        reopen();
        var second = claim(DATE.plus(LEASE)).getFirst();
        assertEquals(first.entry(), second.entry());
        // The first worker comes back too late to put the entry off.
        store().spool().reschedule(first, entry("a@x", DATE.plus(Duration.ofDays(1))));
        assertEquals(Optional.of(second.until()), store().spool().nextDue());
        // But what was delivered is delivered.
        store().spool().complete(first);
        assertEquals(0, store().spool().size());
        store().spool().complete(second);
        assertEquals(0, store().spool().size());
    }

    @Test
    default void aRescheduledEntryWaits() throws Exception {
        spool(entry("a@x", DATE));
        var claim = claim(DATE).getFirst();
        Instant next = DATE.plusSeconds(900);
        var retry = new Spool.Entry("a@x", "x", next, 1, "451 4.7.1 greylisted");
        store().spool().reschedule(claim, retry);
        reopen();
        assertEquals(Optional.of(next), store().spool().nextDue());
        assertEquals(List.of(), claim(next.minusSeconds(1)));
        assertEquals(retry, claim(next).getFirst().entry());
    }

    @Test
    default void aCompletedEntryIsGoneAndTheOthersStay() throws Exception {
        spool(entry("a@x", DATE), entry("b@x", DATE));
        var claims = claim(DATE);
        assertEquals(2, Stream.of(0, 1).map(i -> claims.get(i).number()).distinct().count());
        store().spool().complete(claims.getFirst());
        reopen();
        assertEquals(1, store().spool().size());
        var rest = claim(DATE.plus(LEASE));
        assertEquals(recipients(claims.subList(1, 2)), recipients(rest));
        assertTrue(Dump.octets(store(), rest.getFirst().body()).length > 0);
    }

    @Test
    default void theTermsAreKept() throws Exception {
        var terms =
                Terms.standard(DATE)
                        .withPriority(-3)
                        .withUtf8(true)
                        .withExpiry(DATE.plusSeconds(77))
                        .withWarn(Instant.MAX)
                        .withWishes(
                                Set.of(Terms.Notify.SUCCESS, Terms.Notify.DELAY),
                                Terms.Returned.HEADERS,
                                "an id",
                                "rfc822;ann+40x");
        var entry = entry("a@x", DATE).with(terms);
        spool(entry);
        reopen();
        assertEquals(entry, claim(DATE).getFirst().entry());
    }

    @Test
    default void whenItIsToArriveIsKept() throws Exception {
        var release = new Timing.Release(DATE.plusSeconds(60), "for;60");
        var by = new Timing.DeliverBy(DATE.plusSeconds(90), true, false);
        for (Timing timing :
                List.of(
                        new Timing(Optional.of(release), Optional.empty()),
                        new Timing(Optional.empty(), Optional.of(by)),
                        new Timing(
                                Optional.of(release),
                                Optional.of(new Timing.DeliverBy(DATE, false, true))))) {
            var terms = Terms.standard(DATE).withTiming(timing);
            var id = spool(entry("a@x", DATE).with(terms));
            reopen();
            assertEquals(terms, store().spool().entries(id).getFirst().entry().terms());
        }
    }

    /** In parts, over and over: whoever works on the queue may be killed at any time. */
    @Test
    default void whatWaitedIsDeliveredOnceToEachMailbox() throws Exception {
        var id = spool(entry("ann@x", DATE), entry("bob@x", DATE));
        var other = create("Other");
        for (var places : List.of(List.of(inbox()), List.of(inbox(), other), List.of(inbox()))) {
            var mail =
                    new Submission(id, "ann@example.org", source("text"), DATE, places, List.of());
            assertEquals(places.size(), store().accept(mail).local().size());
            reopen();
        }
        assertEquals(1, store().state(inbox()).messages());
        assertEquals(1, store().state(other).messages());
    }

    @Test
    default void whatIsHeldBackIsNeverDue() throws Exception {
        var id = spool(entry("a@x", DATE));
        var seen = store().spool().entries(id).getFirst();
        var held = seen.entry().with(seen.entry().terms().withHeld(true));
        assertTrue(store().spool().change(seen, held, DATE));
        assertFalse(store().spool().change(seen, held, DATE), "it is no longer as it was seen");
        reopen();
        assertEquals(Optional.empty(), store().spool().nextDue());
        assertEquals(List.of(), claim(DATE.plus(Duration.ofDays(1000))));
        assertEquals(1, store().spool().size());
        var waiting = store().spool().entries(id).getFirst();
        assertEquals(held, waiting.entry());
        assertTrue(store().spool().change(waiting, seen.entry(), DATE));
        assertEquals(List.of("a@x"), recipients(claim(DATE)));
    }

    @Test
    default void whatIsWorkedOnIsNobodyElses() throws Exception {
        var id = spool(entry("a@x", DATE), entry("b@x", DATE.plusSeconds(1)));
        claim(DATE);
        var seen = store().spool().entries(id);
        assertEquals(Optional.of(DATE.plus(LEASE)), seen.getFirst().claimed());
        assertFalse(store().spool().change(seen.getFirst(), entry("a@x", DATE), DATE));
        assertFalse(store().spool().remove(seen.getFirst(), DATE));
        assertTrue(store().spool().remove(seen.getLast(), DATE));
        reopen();
        assertEquals(1, store().spool().size());
        assertTrue(store().spool().remove(seen.getFirst(), DATE.plus(LEASE)));
        assertEquals(0, store().spool().size());
    }

    @Test
    default void aNewWorkerTakesAllBack() throws Exception {
        spool(entry("a@x", DATE), entry("b@x", DATE));
        claim(DATE);
        reopen();
        assertEquals(List.of(), claim(DATE));
        store().spool().reclaim();
        assertEquals(2, claim(DATE).size());
    }

    @Test
    default void theListGoesOnWhereItStopped() {
        spool(entry("a@x", DATE), entry("b@x", DATE));
        spool(entry("c@x", DATE), entry("d@x", DATE), entry("e@x", DATE));
        List<String> all = new ArrayList<>();
        var some = store().spool().list(Optional.empty(), 2);
        while (!some.isEmpty()) {
            some.forEach(w -> all.add(w.entry().recipient()));
            some = store().spool().list(Optional.of(some.getLast()), 2);
        }
        assertEquals(List.of("a@x", "b@x", "c@x", "d@x", "e@x"), all.stream().sorted().toList());
    }

    @Test
    default void whoWatchesHearsOfMail() throws Exception {
        var heard = new CountDownLatch(1);
        try (var watch = store().spool().watch(heard::countDown)) {
            spool(entry("a@x", DATE));
            assertTrue(heard.await(20, TimeUnit.SECONDS));
        }
    }
}
