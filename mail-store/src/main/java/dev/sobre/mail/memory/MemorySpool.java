package dev.sobre.mail.memory;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The queue of a store in memory, in the order in which its entries are due. */
final class MemorySpool implements Spool {

    private record Key(DeliveryId mail, int number) {}

    /** An entry; {@code due} is when its claim runs out, or when it is to be tried. */
    private record Waiting(Key key, long order, Instant due, Claim claim) {}

    private final Bodies bodies;
    private final Map<Key, Waiting> waiting = new HashMap<>();
    private final NavigableSet<Waiting> byDue =
            new TreeSet<>(Comparator.comparing(Waiting::due).thenComparingLong(Waiting::order));
    private long lastOrder;

    MemorySpool(Bodies bodies) {
        this.bodies = bodies;
    }

    synchronized void add(Submission mail, BlobRef body) {
        int number = 0;
        for (Entry e : mail.remote()) {
            var claim = new Claim(mail.id(), number, mail.sender(), body, e, e.next());
            bodies.hold(body);
            put(new Waiting(new Key(mail.id(), number++), ++lastOrder, e.next(), claim));
        }
    }

    @Override
    public synchronized List<Claim> claim(Instant now, Duration lease, int most) {
        List<Claim> claims = new ArrayList<>();
        while (claims.size() < most && !byDue.isEmpty() && !byDue.first().due.isAfter(now)) {
            Waiting w = byDue.removeFirst();
            Claim claim = until(w.claim, w.claim.entry(), now.plus(lease));
            claims.add(claim);
            waiting.put(w.key, new Waiting(w.key, w.order, claim.until(), claim));
        }
        for (Claim claim : claims) {
            Waiting w = waiting.get(key(claim));
            if (w != null) byDue.add(w);
        }
        return claims;
    }

    @Override
    public synchronized void reschedule(Claim claim, Entry next) {
        Waiting w = waiting.get(key(claim));
        // A claim that ran out and was taken by another worker has no say any more.
        if (w == null || !w.claim.until().equals(claim.until())) return;
        byDue.remove(w);
        put(new Waiting(w.key, w.order, next.next(), until(claim, next, next.next())));
    }

    @Override
    public synchronized void complete(Claim claim) {
        Waiting w = waiting.remove(key(claim));
        if (w == null) return;
        byDue.remove(w);
        bodies.release(w.claim.body());
    }

    @Override
    public synchronized Optional<Instant> nextDue() {
        return byDue.isEmpty() ? Optional.empty() : Optional.of(byDue.first().due);
    }

    @Override
    public synchronized long size() {
        return waiting.size();
    }

    private void put(Waiting w) {
        waiting.put(w.key, w);
        byDue.add(w);
    }

    private static Key key(Claim claim) {
        return new Key(claim.mail(), claim.number());
    }

    private static Claim until(Claim c, Entry entry, Instant until) {
        return new Claim(c.mail(), c.number(), c.sender(), c.body(), entry, until);
    }
}
