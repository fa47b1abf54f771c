package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a segment that grows no more holds, as of one moment. What is dead then stays dead; what is
 * alive may die later.
 *
 * @param octets the length of its file
 * @param released what was counted as released of it
 * @param live where the bodies start that are referred to and lie here
 * @param liveOctets what their records take up
 * @param dead the names of bodies that nothing refers to
 * @param damage why it can't be told what is alive
 */
record Survey(
        long octets,
        long released,
        Set<Long> live,
        long liveOctets,
        List<BlobRef> dead,
        Optional<String> damage) {

    /** A record as it was met. */
    private record Met(BlobRef here, BlobRef name, long octets) {}

    /** The records of a segment as they were met one after another. */
    private record Walk(long number, long octets, List<Met> met, Optional<String> damage) {}

    /** Octets that could be freed. */
    long deadOctets() {
        return octets - SegmentFormat.FILE_HEAD - liveOctets;
    }

    static Survey of(Engine engine, Segments segments, long number) throws IOException {
        Walk walk = walk(segments, number);
        return engine.read(reads -> reads.atOnce(now -> judge(now, walk)));
    }

    private static Walk walk(Segments segments, long number) throws IOException {
        List<Met> met = new ArrayList<>();
        try (var scan = segments.scan(number)) {
            for (var next = scan.next(); next.isPresent(); next = scan.next()) {
                var found = next.get();
                met.add(new Met(found.body(), found.name(), found.head().recordLength()));
            }
            long octets = scan.position() + scan.rest();
            boolean torn = scan.position() == 0 || (scan.moved() && scan.rest() > 0);
            Optional<String> damage =
                    torn
                            ? Optional.of("there is no record at octet " + scan.position())
                            : Optional.empty();
            return new Walk(number, octets, met, damage);
        }
    }

    private static Survey judge(Reads now, Walk walk) {
        long released = Counters.decode(now.get(Keys.segment(Keys.SEGMENT, walk.number)));
        Map<Long, Long> own = own(now, walk.number);
        Set<Long> live = new HashSet<>();
        List<BlobRef> dead = new ArrayList<>();
        long liveOctets = 0;
        for (Met met : walk.met) {
            boolean named = met.name.place() == walk.number;
            Long known = named ? own.remove(met.name.offset()) : null;
            long references =
                    known != null
                            ? known
                            : named ? 0 : Counters.decode(now.get(Keys.blob(met.name)));
            if (references == 0) {
                dead.add(met.name);
            } else if (Places.now(now, met.name).equals(met.here)) {
                live.add(met.here.offset());
                liveOctets += met.octets;
            }
        }
        return new Survey(
                walk.octets,
                released,
                live,
                liveOctets,
                dead,
                walk.damage.or(() -> unmet(now, walk.number, own)));
    }

    /** How many refer to each of the bodies that lay here first, by its offset. */
    private static Map<Long, Long> own(Reads now, long number) {
        Map<Long, Long> own = new HashMap<>();
        now.scan(
                Keys.segment(Keys.BLOB, number),
                (key, value) -> {
                    own.put(Keys.last(key), Counters.decode(Optional.of(value)));
                    return true;
                });
        return own;
    }

    /** A body that should be here but was not met: then more may hide behind a damaged head. */
    private static Optional<String> unmet(Reads now, long number, Map<Long, Long> own) {
        return own.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new BlobRef(number, e.getKey(), 0))
                .filter(body -> Places.now(now, body).equals(body))
                .findFirst()
                .map(body -> "there is no record of the body at octet " + body.offset());
    }
}
