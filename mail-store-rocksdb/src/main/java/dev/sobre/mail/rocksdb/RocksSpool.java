package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * The queue of mail to be relayed, as entries in RocksDB and an order of them by time. What looks
 * at one entry shares its sync with others; what looks along the order is a commit of its own.
 */
final class RocksSpool implements Spool {

    private static final byte[] NOTHING = {};

    private final Engine engine;
    private final CommitQueue queue;
    private final AtomicLong size;
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();

    /**
     * @param size as {@link #count} gave it; kept up to date from here on
     */
    RocksSpool(Engine engine, CommitQueue queue, AtomicLong size) {
        this.engine = engine;
        this.queue = queue;
        this.size = size;
    }

    /** How many entries there are, counted one by one. */
    static long count(Engine engine) {
        return engine.read(
                reads -> {
                    long[] count = {0};
                    reads.scan(Keys.prefix(Keys.DUE), (_, _) -> ++count[0] > 0);
                    return count[0];
                });
    }

    /** Adds the recipients of a mail that are to be relayed. */
    void stage(Group group, Submission mail, BlobRef body) {
        for (int number = 0; number < mail.remote().size(); number++) {
            Entry entry = mail.remote().get(number);
            put(group, Spooled.fresh(mail, number, body, entry));
        }
        int more = mail.remote().size();
        group.afterwards(
                () -> {
                    size.addAndGet(more);
                    if (more > 0) hint();
                });
    }

    @Override
    public List<Claim> claim(Instant now, Duration lease, int most) {
        // Asked first: a commit of its own would end the group of the others, for nothing.
        if (engine.read(reads -> due(reads, now, 1)).isEmpty()) return List.of();
        Instant until = now.plus(lease);
        return queue.run(Commit.byItself(group -> claim(group, now, until, most)));
    }

    private static List<Claim> claim(Group group, Instant now, Instant until, int most) {
        List<Claim> claims = new ArrayList<>();
        for (Spooled due : group.read(reads -> due(reads, now, most))) {
            group.delete(due.timeKey());
            Spooled claimed = due.leased(until);
            put(group, claimed);
            claims.add(claimed.claim(until));
        }
        return claims;
    }

    private static List<Spooled> due(Reads reads, Instant now, int most) {
        List<Spooled> due = new ArrayList<>();
        if (most < 1) return due;
        reads.scan(
                Keys.prefix(Keys.DUE),
                Keys.dueAfter(now),
                (key, _) -> {
                    Spooled.at(reads, key).ifPresent(due::add);
                    return due.size() < most;
                });
        return due;
    }

    /** A claim that has run out and was given to another worker changes nothing any more. */
    @Override
    public void reschedule(Map<Claim, Entry> all) {
        queue.run(
                group -> {
                    all.forEach(
                            (claim, next) ->
                                    find(group, claim)
                                            .filter(old -> old.isLeased(claim))
                                            .ifPresent(
                                                    old -> {
                                                        group.delete(old.timeKey());
                                                        put(group, old.rescheduled(next));
                                                    }));
                    return true;
                });
    }

    @Override
    public void complete(List<Claim> claims) {
        queue.run(
                group -> {
                    for (Claim claim : claims) {
                        find(group, claim).ifPresent(old -> remove(group, old));
                    }
                    return true;
                });
    }

    @Override
    public void reclaim() {
        queue.run(
                Commit.byItself(
                        group -> {
                            for (Spooled old : group.read(RocksSpool::leased)) {
                                group.delete(old.timeKey());
                                put(group, old.rescheduled(old.entry()));
                            }
                            return true;
                        }));
    }

    private static List<Spooled> leased(Reads reads) {
        List<Spooled> leased = new ArrayList<>();
        reads.scan(
                Keys.prefix(Keys.SPOOLED),
                (key, value) -> {
                    var entry = Spooled.of(key, value);
                    if (entry.leasedUntil().isPresent()) leased.add(entry);
                    return true;
                });
        return leased;
    }

    @Override
    public List<Waiting> list(Optional<Waiting> after, int most) {
        return scan(
                after.map(a -> Keys.spooled(a.mail(), a.number() + 1))
                        .orElse(Keys.prefix(Keys.SPOOLED)),
                Keys.after(Keys.prefix(Keys.SPOOLED)),
                most);
    }

    @Override
    public List<Waiting> entries(DeliveryId mail) {
        return scan(
                Keys.spooled(mail, 0), Keys.spooled(mail, Integer.MAX_VALUE), Integer.MAX_VALUE);
    }

    private List<Waiting> scan(byte[] from, byte[] to, int most) {
        return engine.read(
                reads -> {
                    List<Waiting> found = new ArrayList<>();
                    if (most < 1) return found;
                    reads.scan(
                            from,
                            to,
                            (key, value) -> {
                                found.add(Spooled.of(key, value).waiting());
                                return found.size() < most;
                            });
                    return found;
                });
    }

    @Override
    public boolean change(Waiting seen, Entry next, Instant now) {
        boolean done =
                ifFree(
                        seen,
                        now,
                        (group, old) -> {
                            group.delete(old.timeKey());
                            put(group, old.rescheduled(next));
                        });
        if (done) hint();
        return done;
    }

    @Override
    public boolean remove(Waiting seen, Instant now) {
        return ifFree(seen, now, this::remove);
    }

    private boolean ifFree(Waiting seen, Instant now, BiConsumer<Group, Spooled> change) {
        return queue.run(
                group -> {
                    var found =
                            group.get(Keys.spooled(seen.mail(), seen.number()))
                                    .map(v -> Spooled.decode(seen.mail(), seen.number(), v))
                                    .filter(old -> old.isFree(seen, now));
                    found.ifPresent(old -> change.accept(group, old));
                    return found.isPresent();
                });
    }

    private void remove(Group group, Spooled entry) {
        group.delete(entry.timeKey());
        group.delete(entry.key());
        group.refer(entry.body(), -1);
        group.afterwards(size::decrementAndGet);
    }

    private static Optional<Spooled> find(Group group, Claim claim) {
        return group.get(Keys.spooled(claim.mail(), claim.number()))
                .map(value -> Spooled.decode(claim.mail(), claim.number(), value));
    }

    private static void put(Group group, Spooled entry) {
        group.put(entry.key(), entry.encode());
        group.put(entry.timeKey(), NOTHING);
    }

    @Override
    public Optional<Instant> nextDue() {
        return engine.read(
                reads -> {
                    List<Instant> first = new ArrayList<>();
                    reads.scan(
                            Keys.prefix(Keys.DUE),
                            (key, _) -> {
                                Spooled.at(reads, key).ifPresent(e -> first.add(e.due()));
                                return first.isEmpty();
                            });
                    return first.stream().filter(due -> !due.equals(Spooled.NEVER)).findFirst();
                });
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

    @Override
    public long size() {
        return size.get();
    }
}
