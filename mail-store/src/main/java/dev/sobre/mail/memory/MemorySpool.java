package dev.sobre.mail.memory;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queue of a store in memory, in the order in which its entries are due. */
final class MemorySpool implements Spool {

    private record Key(DeliveryId mail, int number) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.<Key>comparingLong(k -> k.mail.high())
                        .thenComparingLong(k -> k.mail.low())
                        .thenComparingInt(k -> k.number);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** An entry with its place among those that came. */
    private record Placed(long order, Waiting waiting) {
        Key key() {
            return new Key(waiting.mail(), waiting.number());
        }

        /** When its claim runs out, or when it is to be tried. */
        Instant due() {
            if (waiting.entry().terms().held()) return Instant.MAX;
            return waiting.claimed().orElse(waiting.entry().next());
        }

        Placed as(Entry entry, Optional<Instant> claimed) {
            return new Placed(
                    order,
                    new Waiting(
                            waiting.mail(),
                            waiting.number(),
                            waiting.sender(),
                            waiting.body(),
                            entry,
                            claimed));
        }
    }

    private final Bodies bodies;
    private final NavigableMap<Key, Placed> waiting = new TreeMap<>();
    private final NavigableSet<Placed> byDue =
            new TreeSet<>(Comparator.comparing(Placed::due).thenComparingLong(Placed::order));
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private long lastOrder;

    MemorySpool(Bodies bodies) {
        this.bodies = bodies;
    }

    synchronized void add(Submission mail, BlobRef body) {
        int number = 0;
        for (Entry e : mail.remote()) {
            bodies.hold(body);
            var w = new Waiting(mail.id(), number++, mail.sender(), body, e, Optional.empty());
            put(new Placed(++lastOrder, w));
        }
        if (number > 0) hint();
    }

    @Override
    public synchronized List<Claim> claim(Instant now, Duration lease, int most) {
        List<Claim> claims = new ArrayList<>();
        Instant until = now.plus(lease);
        List<Placed> taken = new ArrayList<>();
        while (claims.size() < most && !byDue.isEmpty() && !byDue.first().due().isAfter(now)) {
            Placed p = byDue.removeFirst();
            taken.add(p.as(p.waiting.entry(), Optional.of(until)));
            var w = p.waiting;
            claims.add(new Claim(w.mail(), w.number(), w.sender(), w.body(), w.entry(), until));
        }
        taken.forEach(this::put);
        return claims;
    }

    @Override
    public synchronized void reschedule(Map<Claim, Entry> all) {
        all.forEach(this::putBack);
    }

    private void putBack(Claim claim, Entry next) {
        Placed p = waiting.get(new Key(claim.mail(), claim.number()));
        // A claim that ran out and was taken by another worker has no say any more.
        if (p == null || !p.waiting.claimed().equals(Optional.of(claim.until()))) return;
        replace(p, p.as(next, Optional.empty()));
    }

    @Override
    public synchronized void complete(List<Claim> claims) {
        for (Claim claim : claims) {
            Placed p = waiting.get(new Key(claim.mail(), claim.number()));
            if (p != null) drop(p);
        }
    }

    @Override
    public synchronized void reclaim() {
        for (Placed p : List.copyOf(waiting.values())) {
            if (p.waiting.claimed().isPresent()) {
                replace(p, p.as(p.waiting.entry(), Optional.empty()));
            }
        }
    }

    @Override
    public synchronized List<Waiting> list(Optional<Waiting> after, int most) {
        var rest =
                after.map(a -> waiting.tailMap(new Key(a.mail(), a.number()), false))
                        .orElse(waiting);
        return rest.values().stream().limit(most).map(Placed::waiting).toList();
    }

    @Override
    public synchronized List<Waiting> entries(DeliveryId mail) {
        return waiting
                .subMap(new Key(mail, 0), true, new Key(mail, Integer.MAX_VALUE), true)
                .values()
                .stream()
                .map(Placed::waiting)
                .toList();
    }

    @Override
    public synchronized boolean change(Waiting seen, Entry next, Instant now) {
        Optional<Placed> same = same(seen, now);
        same.ifPresent(p -> replace(p, p.as(next, Optional.empty())));
        if (same.isPresent()) hint();
        return same.isPresent();
    }

    @Override
    public synchronized boolean remove(Waiting seen, Instant now) {
        Optional<Placed> same = same(seen, now);
        same.ifPresent(this::drop);
        return same.isPresent();
    }

    private Optional<Placed> same(Waiting seen, Instant now) {
        return Optional.ofNullable(waiting.get(new Key(seen.mail(), seen.number())))
                .filter(p -> p.waiting.entry().equals(seen.entry()))
                .filter(p -> p.waiting.claimed().map(until -> !until.isAfter(now)).orElse(true));
    }

    @Override
    public synchronized Optional<Instant> nextDue() {
        if (byDue.isEmpty()) return Optional.empty();
        return Optional.of(byDue.first().due()).filter(due -> !due.equals(Instant.MAX));
    }

    @Override
    public synchronized long size() {
        return waiting.size();
    }

    @Override
    public Subscription watch(Runnable hint) {
        Runnable own = () -> hint.run(); // so that one hint can be registered twice
        hints.add(own);
        return () -> hints.remove(own);
    }

    private void hint() {
        hints.forEach(Runnable::run);
    }

    private void replace(Placed old, Placed now) {
        byDue.remove(old);
        put(now);
    }

    private void put(Placed p) {
        waiting.put(p.key(), p);
        byDue.add(p);
    }

    private void drop(Placed p) {
        waiting.remove(p.key());
        byDue.remove(p);
        bodies.release(p.waiting.body());
    }
}
