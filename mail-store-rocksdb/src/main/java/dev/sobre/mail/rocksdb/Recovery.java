package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done and said when a store is opened that was not closed, or has lost something since.
 * Nothing is cut: a torn tail of a segment stays in place.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int NEWEST = 100; // segments that are looked at

    private Recovery() {}

    /**
     * Says which of the newest segments end with something that is no whole record: the one that
     * grew when the process ended, and those of one message that are newer.
     */
    static void reportSegmentTails(Segments segments) throws IOException {
        for (long number : segments.newestFirst().stream().limit(NEWEST).toList()) {
            try (var scan = segments.scan(number)) {
                var first = scan.next();
                scan.skipAll();
                if (!scan.isAtEnd()) reportTail(number, scan);
                boolean one =
                        first.isPresent() && first.get().head().length() != SegmentFormat.HEAD;
                boolean grew = !one && !scan.moved();
                if (grew) return;
            }
        }
    }

    /** Says that RocksDB will pass over what its list of files ends with: it is no whole record. */
    static void reportManifest(Home home) throws IOException {
        Path manifest = ManifestEnd.current(home.engine);
        if (!Files.exists(manifest)) return;
        long good = ManifestEnd.of(manifest);
        if (good == Files.size(manifest)) return;
        LOG.warn(
                "RocksDB's {} ends at octet {} in the middle of a record, as after a crash: what"
                        + " its tables lack is read from the segments, or missed there",
                manifest.getFileName(),
                good);
    }

    /** Refuses a log whose end is known to be missing. */
    static void requireEnd(Segments segments, CommitPoint last) throws IOException {
        if (segments.end.isDamaged()) {
            LOG.warn(
                    "{} is damaged: a lost end of the log would not be noticed", segments.end.file);
        }
        var problem = segments.end.problem(last, segments);
        if (problem.isEmpty()) return;
        throw new StoreException(
                Reason.DAMAGED, problem.get() + ": put it back, restore a backup or repair");
    }

    /** Takes in the segments to which a commit refers that was not seen to end. */
    static void takeIn(Engine engine, Segments segments) {
        try {
            for (long number : segments.waiting()) {
                byte[] key = Keys.segment(Keys.SEGMENT, number);
                if (engine.read(reads -> reads.get(key)).isPresent()) segments.arrived(number);
            }
            segments.takeIn();
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "incoming files can't be read", e);
        }
    }

    private static void reportTail(long segment, SegmentScan scan) {
        if (!scan.headed()) {
            LOG.warn(
                    "segment {} does not begin as it should: it is read as far as it can", segment);
            return;
        }
        LOG.warn(
                "segment {} has {} octets after its last whole record at {}: they stay, and"
                        + " new mail goes to a new segment",
                segment,
                scan.rest(),
                scan.position());
    }
}
