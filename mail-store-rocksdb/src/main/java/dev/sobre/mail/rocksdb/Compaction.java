package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the space of bodies that nothing refers to: the others of their segment are moved to a new
 * one, and the old one goes. Runs on one thread, and keeps no commit waiting for long.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int BATCH = 1000; // entries that one commit changes at most
    private static final long SPARE = 16L << 20; // octets that are left to mail that comes

    /** A body's name and where it was moved to. */
    private record Move(BlobRef name, BlobRef place) {}

    private final Home home;
    private final Engine engine;
    private final CommitQueue queue;
    private final Segments segments;
    private final Chores chores;
    private final Pace pace;
    private final LongConsumer remove;
    private final Set<Long> damaged = new HashSet<>();
    private long kept; // the engine keeps all commits that lie in segments before this one

    /**
     * @param remove takes a segment that nobody reads any more
     */
    Compaction(
            Home home,
            Engine engine,
            CommitQueue queue,
            Segments segments,
            Chores chores,
            Pace pace,
            LongConsumer remove) {
        this.home = home;
        this.engine = engine;
        this.queue = queue;
        this.segments = segments;
        this.chores = chores;
        this.pace = pace;
        this.remove = remove;
    }

    /** The segments that have bodies in service. */
    List<Long> segments() {
        return engine.read(
                reads -> {
                    List<Long> all = new ArrayList<>();
                    reads.scan(Keys.prefix(Keys.SEGMENT), (key, _) -> all.add(Keys.last(key)));
                    return all;
                });
    }

    /** Whether a segment is left alone because it is damaged. */
    boolean isDamaged(long segment) {
        return damaged.contains(segment);
    }

    /**
     * Looks into a segment, and frees what is dead there if that is so much of it.
     *
     * @return octets freed
     */
    long run(long segment, Worth worth) throws IOException {
        // Asked in a commit's place: all that was written to other segments is committed, or never.
        long growing = queue.run(Commit.byItself(Group::growing));
        if (segment == growing || segments.octets(segment) == 0) return 0;
        Survey survey = Survey.of(engine, segments, segment);
        if (survey.damage().isPresent()) return leaveAlone(segment, survey.damage().get());
        long dead = survey.deadOctets();
        if (!worth.isReached(dead, survey.octets())) {
            correct(segment, dead - survey.released());
            return 0;
        }
        if (segment >= kept) keep(growing);
        if (!survey.live().isEmpty()) return move(segment, survey);
        bury(survey.dead());
        retire(segment);
        return survey.octets();
    }

    /** Has the engine keep what it has in memory: then no commit before is needed any more. */
    private void keep(long growing) {
        engine.flush();
        kept = growing == 0 ? segments.last() + 1 : growing;
    }

    private long leaveAlone(long segment, String damage) {
        if (damaged.add(segment)) {
            LOG.error(
                    "segment {} is not compacted, because {}: it stays as it is", segment, damage);
        }
        return 0;
    }

    private void correct(long segment, long more) {
        if (more == 0) return;
        queue.run(
                group -> {
                    group.add(Keys.segment(Keys.SEGMENT, segment), more);
                    group.afterwards(() -> chores.add(segment, more));
                    return more;
                });
    }

    private long move(long segment, Survey survey) throws IOException {
        long usable = Files.getFileStore(home.root).getUsableSpace();
        if (usable < survey.liveOctets() + SPARE) {
            throw new StoreException(
                    Reason.FULL, "the disk has too little free space to move messages to");
        }
        try (var target = new MovedSegment(segments, home.incoming, segment, pace)) {
            List<Move> moves = copy(segment, survey.live(), target);
            if (moves.size() < survey.live().size()) {
                return leaveAlone(segment, "not all of its bodies were met a second time");
            }
            target.offer();
            commit(segment, survey, target, moves);
            return survey.octets() - target.octets();
        } catch (MovedSegment.DamagedBody e) {
            LOG.debug("damage", e);
            return leaveAlone(segment, String.valueOf(e.getMessage()));
        }
    }

    private List<Move> copy(long segment, Set<Long> live, MovedSegment target) throws IOException {
        List<Move> moves = new ArrayList<>(live.size());
        try (var scan = segments.scan(segment)) {
            for (var next = scan.next(); next.isPresent(); next = scan.next()) {
                var found = next.get();
                if (!live.contains(found.body().offset())) continue;
                moves.add(new Move(found.name(), target.append(found)));
            }
        }
        return moves;
    }

    /**
     * Has the store refer to the new segment. Until the last of these commits all of it counts as
     * released, so that a crash between them leaves nothing that would not be looked at again.
     */
    private void commit(long segment, Survey survey, MovedSegment target, List<Move> moves) {
        byte[] released = Keys.segment(Keys.SEGMENT, target.number);
        commit(
                1,
                group -> {
                    group.register(target.number);
                    group.add(released, target.octets());
                    return target.number;
                });
        for (int from = 0; from < moves.size(); from += BATCH) {
            var some = moves.subList(from, Math.min(moves.size(), from + BATCH));
            commit(
                    some.size(),
                    group -> {
                        some.forEach(m -> group.put(Keys.moved(m.name), Places.encode(m.place)));
                        return some;
                    });
        }
        bury(survey.dead());
        replace(segment, survey.released(), target);
    }

    private <T> void commit(int entries, Commit<T> commit) {
        queue.run(commit);
        pace.moved(entries);
    }

    /** Forgets bodies that are dead; they stay dead. */
    private void bury(List<BlobRef> dead) {
        for (int from = 0; from < dead.size(); from += BATCH) {
            var some = dead.subList(from, Math.min(dead.size(), from + BATCH));
            commit(
                    some.size(),
                    group -> {
                        for (var body : some) {
                            group.delete(Keys.blob(body));
                            group.delete(Keys.moved(body));
                        }
                        return some;
                    });
        }
    }

    /** What was released since the bodies were looked at is as dead in their new segment. */
    private void replace(long segment, long counted, MovedSegment target) {
        byte[] oldKey = Keys.segment(Keys.SEGMENT, segment);
        byte[] newKey = Keys.segment(Keys.SEGMENT, target.number);
        commit(
                1,
                Commit.byItself(
                        group -> {
                            long since = Counters.decode(group.get(oldKey)) - counted;
                            long there = Counters.decode(group.get(newKey)) - target.octets();
                            group.put(newKey, Counters.encode(since + there));
                            group.afterwards(() -> chores.add(target.number, since));
                            retire(group, segment);
                            return segment;
                        }));
        end(segment);
    }

    private void retire(long segment) {
        commit(
                1,
                group -> {
                    retire(group, segment);
                    return segment;
                });
        end(segment);
    }

    private void retire(Group group, long segment) {
        group.delete(Keys.segment(Keys.SEGMENT, segment));
        group.put(Keys.segment(Keys.RETIRED, segment), new byte[0]);
        Counters.setLastSegment(group, segments.last());
    }

    /** Nobody will need the file: what says so is to outlast the power. */
    private void end(long segment) {
        queue.run(
                Commit.byItself(
                        group -> {
                            group.settle();
                            return segment;
                        }));
        chores.forget(segment);
        segments.retire(segment, () -> remove.accept(segment));
    }
}
