package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The queue of mail to be relayed, as entries in RocksDB and an order of them by time. */
final class RocksSpool implements Spool {

    private static final byte[] NOTHING = {};

    private final Engine engine;
    private final CommitQueue queue;
    private final AtomicLong size;

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
        group.afterwards(() -> size.addAndGet(more));
    }

    @Override
    public List<Claim> claim(Instant now, Duration lease, int most) {
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
    public void reschedule(Claim claim, Entry next) {
        queue.run(
                Commit.byItself(
                        group -> {
                            Optional<Spooled> found =
                                    find(group, claim).filter(old -> old.isLeased(claim));
                            found.ifPresent(
                                    old -> {
                                        group.delete(old.timeKey());
                                        put(group, old.rescheduled(next));
                                    });
                            return found.isPresent();
                        }));
    }

    @Override
    public void complete(Claim claim) {
        queue.run(
                Commit.byItself(
                        group -> {
                            Optional<Spooled> found = find(group, claim);
                            found.ifPresent(old -> remove(group, old));
                            return found.isPresent();
                        }));
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
                    return first.stream().findFirst();
                });
    }

    @Override
    public long size() {
        return size.get();
    }
}
