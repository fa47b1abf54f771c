package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every segment: its head, its records, and the octets of each body that something refers
 * to. What nothing refers to may be anything: a crash leaves such, and compaction takes it away.
 */
final class CheckSegments {

    private static final Logger LOG = LoggerFactory.getLogger(CheckSegments.class);

    private final Segments segments;
    private final long grows;
    private final Reads reads;
    private final Report report;
    private final Entries entries;
    private final References references;
    private final Suspects suspects = new Suspects();
    private final Map<Long, Integer> missing = new TreeMap<>(); // and how many were moved there
    private @Nullable SegmentWalk target; // the one that was asked last where bodies were moved to

    /**
     * @param grows the first segment whose end may be written while it is looked at
     */
    CheckSegments(
            Segments segments,
            long grows,
            Reads reads,
            Report report,
            Entries entries,
            References references) {
        this.segments = segments;
        this.grows = grows;
        this.reads = reads;
        this.report = report;
        this.entries = entries;
        this.references = references;
    }

    /** Looks at all; gives the bodies that are not what they should be. */
    Suspects run() throws IOException {
        for (long number : numbers()) segment(number);
        try {
            reads.scan(Keys.prefix(Keys.MOVED), this::forwarding);
        } finally {
            if (target != null) target.close();
        }
        missing.forEach(this::missing);
        return suspects;
    }

    private Set<Long> numbers() throws IOException {
        var all = new TreeSet<>(segments.newestFirst());
        all.addAll(segments.waiting());
        var counted = new Numbers(reads, new byte[] {Keys.BLOB}, 1);
        for (var next = counted.next(); next.isPresent(); next = counted.next()) {
            all.add(new ByteReader(next.get()).i64());
        }
        return all;
    }

    private void segment(long number) throws IOException {
        Map<Long, Long> own = own(number);
        Path file = segments.find(number);
        if (!Files.exists(file)) {
            if (own.isEmpty()) return;
            missing(number, own.size());
            own.keySet().forEach(offset -> suspects.add(number, offset));
            return;
        }
        int living = own.size();
        try (var walk = segments.walk(number)) {
            living += walk(walk, own);
            own.keySet().forEach(offset -> suspects.add(number, offset));
            marks(number, file, living, walk);
        }
    }

    private void missing(long number, int bodies) {
        String what = "it is missing, with " + (bodies == 1 ? "a body" : bodies + " bodies");
        report.file(Kind.BODY, segments.file(number), what);
    }

    private void marks(long number, Path file, int living, SegmentWalk walk) throws IOException {
        boolean listed = reads.has(Keys.segment(Keys.SEGMENT, number));
        boolean untold = !walk.tells() && (listed || living > 0);
        if (untold) {
            report.file(
                    Kind.RECORD,
                    file,
                    "its head and its first record are damaged, so that no other can be told; the"
                            + " messages that the metadata list can be read");
        } else if (living > 0 && !walk.headed()) {
            report.file(Kind.RECORD, file, "its head is damaged; its messages can be read");
        }
        boolean unread = walk.unreadable() >= 0 && (listed || living > 0);
        if (unread) {
            report.file(
                    Kind.RECORD,
                    file,
                    "the disk can't read it at octet %d, nor perhaps elsewhere: what it holds there is lost, and the disk failing"
                            .formatted(walk.unreadable()));
        }
        if (living > 0 && !listed) {
            report.file(Kind.SEGMENT, file, "it is not listed as being in service");
        }
        long rest = number < grows ? walk.rest() : 0;
        if (rest > 0 && !untold && !unread) {
            report.file(
                    Kind.TORN_SEGMENT,
                    file,
                    "its last %d octets are no message that was ever acknowledged, as after a crash"
                            .formatted(rest));
        }
    }

    /** How many refer to each of the bodies that lay first in a segment, and lie there still. */
    private Map<Long, Long> own(long number) {
        Map<Long, Long> own = new TreeMap<>();
        reads.scan(
                Keys.segment(Keys.BLOB, number),
                (key, value) -> {
                    var count = entries.decode(() -> Counters.decode(Optional.of(value)));
                    if (count.isEmpty() || count.get() != 0) {
                        own.put(Keys.last(key), count.orElse(-1L));
                    }
                    return true;
                });
        Set<Long> moved = new HashSet<>();
        reads.scan(
                Keys.segment(Keys.MOVED, number),
                (key, _) -> {
                    moved.add(Keys.last(key));
                    return true;
                });
        own.keySet().removeAll(moved);
        return own;
    }

    /** Takes the bodies that are met from those expected; gives how many others were met. */
    private int walk(SegmentWalk walk, Map<Long, Long> own) throws IOException {
        int others = 0;
        var next = walk.next();
        for (; next.isPresent(); next = walk.next()) {
            var found = next.get();
            boolean here = found.name().equals(found.body());
            long count = here ? own.getOrDefault(found.body().offset(), 0L) : count(found);
            own.remove(here ? found.body().offset() : 0L);
            if (count == 0) {
                report.done(found.head().recordLength());
                continue;
            }
            if (!here) others++;
            references.add(found.name(), -count);
            boolean whole = walk.isWhole(found, report::done);
            report.done(found.head().recordLength() - found.body().length());
            if (!whole) suspects.add(found.name().place(), found.name().offset());
        }
        return others;
    }

    /** How many refer to a body that was moved here. */
    private long count(SegmentScan.Found found) {
        if (!here(found)) return 0;
        return entries.decode(() -> Counters.decode(reads.get(Keys.blob(found.name()))))
                .orElse(-1L);
    }

    private boolean here(SegmentScan.Found found) {
        return entries.decode(() -> Places.now(reads, found.name()))
                .filter(place -> place.equals(found.body()))
                .isPresent();
    }

    /** A body that was moved lies where its entry says. */
    private boolean forwarding(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var name = new BlobRef(in.i64(), in.i64(), 0);
        var count = entries.decode(() -> Counters.decode(reads.get(Keys.blob(name))));
        if (count.isPresent() && count.get() == 0) {
            if (!reads.has(Keys.blob(name))) {
                report.store(Kind.FORWARDING, "a body that nothing refers to is said to be moved");
            }
            return true;
        }
        var place = entries.decode(() -> Places.decode(name, Optional.of(value)));
        if (place.filter(p -> liesAt(name, p)).isPresent()) return true;
        suspects.add(name.place(), name.offset());
        place.map(BlobRef::place)
                .filter(number -> !Files.exists(segments.find(number)))
                .ifPresent(number -> missing.merge(number, 1, Integer::sum));
        return true;
    }

    private boolean liesAt(BlobRef name, BlobRef place) {
        try {
            var there = opened(place.place()).withBodyAt(place.offset());
            return there.map(SegmentScan.Found::name)
                    .filter(n -> n.place() == name.place() && n.offset() == name.offset())
                    .isPresent();
        } catch (IOException e) {
            LOG.debug("a body that was moved is not there", e);
            return false;
        }
    }

    /** The bodies of a segment mostly went to the same one. */
    private SegmentWalk opened(long number) throws IOException {
        var last = target;
        if (last != null && last.number == number) return last;
        if (last != null) last.close();
        target = null;
        var opened = segments.walk(number);
        target = opened;
        return opened;
    }
}
