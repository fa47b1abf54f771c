package dev.sobre.mail.rocksdb;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said in the log when a store is opened that was not closed. Nothing is cut: a torn tail
 * of a segment stays in place.
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
            try (var scan = new SegmentScan(segments.file(number))) {
                var first = scan.next();
                scan.skipAll();
                if (scan.rest() > 0) reportTail(number, scan);
                boolean one =
                        first.isPresent() && first.get().head().length() != SegmentFormat.HEAD;
                boolean grew = !one && !scan.moved();
                if (grew) return;
            }
        }
    }

    private static void reportTail(long segment, SegmentScan scan) {
        LOG.warn(
                "segment {} has {} octets after its last whole record at {}: they stay, and"
                        + " new mail goes to a new segment",
                segment,
                scan.rest(),
                scan.position());
    }
}
