package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done, and said in the log, when a store is opened that was not closed. Nothing is cut
 * silently: a torn tail of the engine's log is kept in {@code recovered} and cut, a torn tail of a
 * segment is left in place, and damage that is no torn tail stops the opening.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int NEWEST = 100; // segments that are looked at

    private Recovery() {}

    /** Cuts the torn tail off the engine's newest log; false when there is none. */
    static boolean cutTornLog(Home home) throws IOException {
        List<Path> logs = logs(home.engine);
        boolean cut = false;
        for (int i = 0; i < logs.size(); i++) {
            Path log = logs.get(i);
            var found = WalTail.examine(log);
            if (!found.torn()) continue;
            if (found.beginsLater() || laterLogHasRecords(logs, i)) {
                throw new StoreException(
                        Reason.DAMAGED,
                        "the log %s is damaged at octet %d, before its end: restore a backup or repair"
                                .formatted(log.getFileName(), found.good()));
            }
            keepAndCut(home, log, found);
            cut = true;
        }
        return cut;
    }

    private static List<Path> logs(Path engine) throws IOException {
        List<Path> logs = new ArrayList<>();
        try (var files = Files.newDirectoryStream(engine, "*.log")) {
            files.forEach(logs::add);
        }
        logs.sort(null);
        return logs;
    }

    static boolean laterLogHasRecords(List<Path> logs, int index) throws IOException {
        for (Path log : logs.subList(index + 1, logs.size())) {
            if (WalTail.examine(log).good() > 0) return true;
        }
        return false;
    }

    private static void keepAndCut(Home home, Path log, WalTail.Found found) throws IOException {
        Path kept = home.root.resolve("recovered");
        Files.createDirectories(kept);
        Path tail =
                kept.resolve(
                        "%s.%d.%d"
                                .formatted(
                                        log.getFileName(),
                                        found.good(),
                                        System.currentTimeMillis()));
        try (var file = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (var copy =
                    FileChannel.open(
                            tail, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.transferTo(found.good(), found.size() - found.good(), copy);
                copy.force(true);
            }
            Home.syncDirectory(kept);
            Home.syncDirectory(home.root);
            file.truncate(found.good());
            file.force(true);
        }
        LOG.warn(
                "the log {} ended in the middle of a commit that was never acknowledged: cut at {}"
                        + " of {} octets, the rest is kept in {}",
                log.getFileName(),
                found.good(),
                found.size(),
                tail.getFileName());
    }

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
