package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the engine, which keeps its newest changes in memory only, to the last commit that the
 * segments have. Each commit names the one before, so a commit that failed, or a torn one at the
 * end, is passed over, and one that is missing in between is noticed.
 */
final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    /** A commit's record, without its changes. */
    private record Met(CommitPoint point, CommitFormat.Head head) {
        boolean follows(CommitPoint other) {
            return other.isAt(head.beforeSegment(), head.beforeOffset());
        }
    }

    /** Takes what is read again. */
    interface Target {
        void apply(byte[] changes) throws RocksDBException;

        /** A commit at the end is torn. */
        void passedOver(CommitPoint commit);
    }

    /** A commit that others follow is damaged or missing. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;
        final long segment;
        final long offset;

        Missing(long segment, long offset) {
            super(
                    "the commit at octet %d of segment %d is damaged or missing"
                            .formatted(offset, segment));
            this.segment = segment;
            this.offset = offset;
        }
    }

    private final Segments segments;
    private final CommitPoint known;
    private final Target target;

    private Replay(Segments segments, CommitPoint known, Target target) {
        this.segments = segments;
        this.known = known;
        this.target = target;
    }

    /**
     * Gives an engine the commits that it does not know.
     *
     * @return the last commit
     */
    static CommitPoint into(Engine engine, Segments segments) throws IOException {
        var known = CommitPoint.decode(engine.read(reads -> reads.get(CommitPoint.KEY)));
        var target =
                new Target() {
                    @Override
                    public void apply(byte[] changes) throws RocksDBException {
                        engine.apply(changes);
                    }

                    @Override
                    public void passedOver(CommitPoint commit) {
                        LOG.warn(
                                "segment {} ends in the middle of a commit, whose record at {} is"
                                        + " passed over: it was never acknowledged",
                                commit.segment(),
                                commit.offset());
                    }
                };
        try {
            CommitPoint last = run(segments, known, target);
            if (!last.equals(known)) keepUnheaded(last, engine, segments);
            return last;
        } catch (Missing e) {
            String why = e.getMessage() + ": restore a backup or repair";
            throw new StoreException(Reason.DAMAGED, why, e);
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }

    /** What the next segment's note takes the place of told how to read this one. */
    private static void keepUnheaded(CommitPoint last, Engine engine, Segments segments)
            throws IOException {
        try (var scan = segments.scan(last.segment())) {
            if (!scan.headed()) engine.flush();
        }
    }

    /**
     * Reads the commits after a known one.
     *
     * @return the last commit
     */
    static CommitPoint run(Segments segments, CommitPoint known, Target target)
            throws IOException, RocksDBException, Missing {
        var replay = new Replay(segments, known, target);
        List<Met> missed = replay.chain(replay.met());
        if (missed.isEmpty()) return known;
        replay.sync(missed);
        for (Met commit : missed) target.apply(replay.changes(commit));
        LOG.info("{} commits since the last were read again from the segments", missed.size());
        return missed.getLast().point;
    }

    /**
     * Reads the commits after a known one, however many are missing in between: for a repair. It is
     * given each commit and its changes.
     */
    static void overGaps(
            Segments segments, CommitPoint known, BiConsumer<CommitPoint, byte[]> target)
            throws IOException {
        var replay = new Replay(segments, known, new Nobody());
        List<Met> met = replay.met();
        Set<Long> places = new HashSet<>();
        for (Met each : met) places.add(place(each.point.segment(), each.point.offset()));
        while (!met.isEmpty() && !replay.isWhole(met.getLast())) met.removeLast();
        List<Met> chain = new ArrayList<>();
        for (Met each : met.reversed()) {
            boolean next = chain.isEmpty() || chain.getLast().follows(each.point);
            if (!next) {
                var later = chain.getLast();
                boolean gap =
                        !places.contains(
                                place(later.head.beforeSegment(), later.head.beforeOffset()));
                next = gap && each.point.number() < later.point.number();
            }
            if (next) chain.add(each);
        }
        for (Met each : chain.reversed()) target.accept(each.point, replay.changes(each));
    }

    private static long place(long segment, long offset) {
        return segment << 36 | offset;
    }

    /** Who is told of nothing. */
    private static final class Nobody implements Target {
        @Override
        public void apply(byte[] changes) {}

        @Override
        public void passedOver(CommitPoint commit) {}
    }

    /** All later commits of which there is a record, in the order in which they were written. */
    private List<Met> met() throws IOException {
        List<Met> all = new ArrayList<>();
        List<Long> numbers = new ArrayList<>(segments.newestFirst());
        numbers.sort(Comparator.naturalOrder());
        for (long number : numbers) {
            if (number < known.segment()) continue;
            try (var scan = segments.scan(number)) {
                scan.from(SegmentFormat.FILE_HEAD);
                if (number == known.segment()) scan.from(known.offset());
                for (var next = scan.search(); next.isPresent(); next = scan.search()) {
                    if (!(next.get() instanceof SegmentScan.Committed commit)) continue;
                    var met = new Met(commit.point(), commit.head());
                    if (met.point.number() > known.number()) all.add(met);
                }
            }
        }
        return all;
    }

    /** Those that lead from what the engine knows to the last one that is whole. */
    private List<Met> chain(List<Met> met) throws IOException, Missing {
        int end = met.size();
        while (end > 0 && !isWhole(met.get(end - 1))) target.passedOver(met.get(--end).point);
        List<Met> chain = new ArrayList<>();
        for (int i = end - 1; i >= 0; i--) {
            boolean before = chain.isEmpty() || chain.getLast().follows(met.get(i).point);
            if (before) chain.add(met.get(i));
        }
        if (!chain.isEmpty() && !chain.getLast().follows(known)) {
            var first = chain.getLast().head;
            throw new Missing(first.beforeSegment(), first.beforeOffset());
        }
        return chain.reversed();
    }

    /**
     * Whether all bodies of a commit came to the disk with it. Only of the last one it is asked:
     * the others were durable before the next was written. What the disk can't read was written:
     * such a message is listed, and is damaged.
     */
    private boolean isWhole(Met commit) throws IOException {
        try (var scan = segments.scan(commit.point.segment())) {
            scan.from(commit.head.groupStart());
            return isWhole(commit, scan) || scan.unreadable() >= 0;
        }
    }

    private static boolean isWhole(Met commit, SegmentScan scan) throws IOException {
        while (scan.position() < commit.point.offset()) {
            var entry = scan.nextEntry();
            if (entry.isEmpty()) return false;
            if (entry.get() instanceof SegmentScan.Found body && !scan.isWhole(body)) return false;
        }
        return scan.position() == commit.point.offset();
    }

    /** What was read may be in the kernel's memory only: nothing is built on that. */
    private void sync(List<Met> commits) throws IOException {
        Set<Long> numbers = new HashSet<>();
        for (Met commit : commits) numbers.add(commit.point.segment());
        for (long number : numbers) {
            Path file = segments.file(number);
            try (var segment = FileChannel.open(file, StandardOpenOption.READ)) {
                segment.force(false);
            }
        }
        Home.syncDirectory(segments.directory);
    }

    private byte[] changes(Met commit) throws IOException {
        try (var scan = segments.scan(commit.point.segment())) {
            scan.from(commit.point.offset());
            if (scan.nextEntry().orElse(null) instanceof SegmentScan.Committed found) {
                return found.changes();
            }
        }
        throw new IOException("a commit can't be read a second time");
    }
}
