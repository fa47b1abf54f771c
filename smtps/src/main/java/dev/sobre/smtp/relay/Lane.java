package dev.sobre.smtp.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The mails in hand for one destination, the most urgent first, and the few threads that carry
 * them. A destination that nobody could connect to rests, longer each time.
 */
final class Lane {

    private static final int LONGEST = 400;
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
    private Optional<Rest> rest = Optional.empty();

    Lane(String name, Office office) {
        this.name = name;
        this.office = office;
    }

    /** Takes mails; what is too much, or comes while the destination rests, goes back at once. */
    void add(List<Consignment> mails) {
        Deque<Consignment> back = new ArrayDeque<>();
        Optional<Rest> resting;
        synchronized (this) {
            resting = rest.filter(r -> r.until.isAfter(office.now()));
            for (Consignment mail : mails) {
                office.taken(mail);
                if (resting.isPresent() || waiting.size() >= LONGEST) back.add(mail);
                else waiting.add(new Placed(++lastOrder, mail));
            }
            int wanted = Math.min(office.settings().perDestination(), waiting.size());
            for (; couriers < wanted; couriers++) office.start(name, new Courier(this, office));
        }
        var why = resting.orElse(new Rest(office.now().plus(FIRST_REST), "others go first"));
        if (!back.isEmpty()) office.start(name, () -> back.forEach(mail -> putOff(mail, why)));
    }

    private void putOff(Consignment mail, Rest why) {
        office.settle(mail, Settlement.all(mail, new Outcome.Waits(why.why, why.until)));
    }

    /** The next mail; a courier that gets none is done. */
    synchronized Optional<Consignment> next() {
        Placed next = office.closing() ? null : waiting.poll();
        if (next == null) couriers--;
        return Optional.ofNullable(next).map(Placed::mail);
    }

    /** Somebody could connect. */
    synchronized void works() {
        failures = 0;
        rest = Optional.empty();
    }

    /** Nobody could connect: what waits is put off with the same words. */
    void fails(String why) {
        List<Placed> all;
        synchronized (this) {
            long rests =
                    Math.min(
                            FIRST_REST.toSeconds() << Math.min(failures++, 10),
                            LONGEST_REST.toSeconds());
            rest = Optional.of(new Rest(office.now().plusSeconds(rests), why));
            all = List.copyOf(waiting);
            waiting.clear();
        }
        for (Placed each : all) {
            office.settle(each.mail, Settlement.all(each.mail, new Outcome.Deferred(why)));
        }
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
