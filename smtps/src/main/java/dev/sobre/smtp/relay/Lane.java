package dev.sobre.smtp.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The mails in hand for one destination, the most urgent first, and the few threads that carry
 * them. A destination that nobody could connect to rests, longer each time; one that has much to do
 * leaves the rest in the spool for as long as it needs for half of what it has.
 */
final class Lane {

    private static final int LONGEST = 400;
    private static final int HALF = LONGEST / 2;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIRST_REST = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(30);

    /** A mail in its place. */
    private record Placed(long order, Consignment mail) {}

    /** Why a destination rests, and until when. */
    record Rest(Instant until, String why) {}

    private final String name;
    private final Office office;
    private final PriorityQueue<Placed> waiting =
            new PriorityQueue<>(
                    Comparator.<Placed>comparingInt(p -> -p.mail.terms().priority())
                            .thenComparingLong(Placed::order));
    private int couriers;
    private long lastOrder;
    private int failures;
    private int taken; // of this half
    private Instant halfBegan = Instant.EPOCH;
    private Duration half = SOON; // how long the last one took
    private Optional<Rest> rest = Optional.empty();

    Lane(String name, Office office) {
        this.name = name;
        this.office = office;
    }

    /** Takes mails; what is too much, or comes while the destination rests, goes back at once. */
    void add(List<Consignment> mails) {
        List<Consignment> back = new ArrayList<>();
        Rest why;
        synchronized (this) {
            Instant now = office.now();
            if (waiting.isEmpty()) {
                half = SOON;
                beginHalf(now);
            }
            var resting = rest.filter(r -> r.until.isAfter(now));
            why = resting.orElse(new Rest(now.plus(half), "others go first"));
            for (Consignment mail : mails) {
                office.taken(mail);
                boolean full = waiting.size() >= LONGEST && !office.settings().route().isOne();
                if (resting.isPresent() || full) back.add(mail);
                else waiting.add(new Placed(++lastOrder, mail));
            }
            // Each of the couriers is with a mail, which may take long.
            int wanted = Math.min(office.settings().perDestination(), couriers + waiting.size());
            for (; couriers < wanted; couriers++) office.start(name, new Courier(this, office));
        }
        settle(back, new Outcome.Waits(why.why, why.until));
    }

    /** All at once, so that the store makes them durable together. */
    private void settle(List<Consignment> mails, Outcome outcome) {
        for (Consignment mail : mails) {
            office.start(name, () -> office.settle(mail, Settlement.all(mail, outcome)));
        }
    }

    private void beginHalf(Instant now) {
        taken = 0;
        halfBegan = now;
    }

    /** The next mail; a courier that gets none is done. */
    synchronized Optional<Consignment> next() {
        Placed next = office.closing() ? null : waiting.poll();
        if (next == null) couriers--;
        else if (++taken >= HALF) {
            Instant now = office.now();
            Duration took = Duration.between(halfBegan, now);
            half = took.compareTo(FIRST_REST) < 0 ? took.plusSeconds(1) : FIRST_REST;
            beginHalf(now);
        }
        return Optional.ofNullable(next).map(Placed::mail);
    }

    /** Somebody could connect. */
    synchronized void works() {
        failures = 0;
        rest = Optional.empty();
    }

    /** Nobody could connect: what waits is put off with the same words. */
    void fails(String why) {
        List<Consignment> all;
        synchronized (this) {
            long rests =
                    Math.min(
                            FIRST_REST.toSeconds() << Math.min(failures++, 10),
                            LONGEST_REST.toSeconds());
            rest = Optional.of(new Rest(office.now().plusSeconds(rests), why));
            all = waiting.stream().map(Placed::mail).toList();
            waiting.clear();
        }
        settle(all, new Outcome.Deferred(why));
    }

    synchronized void forgive() {
        failures = 0;
        rest = Optional.empty();
    }

    /** Whether it can be forgotten. */
    synchronized boolean isIdle() {
        // How often it has failed is remembered for a while after its rest.
        Instant old = office.now().minus(LONGEST_REST);
        boolean resting = rest.map(r -> r.until.isAfter(old)).orElse(false);
        return couriers == 0 && waiting.isEmpty() && !resting;
    }
}
