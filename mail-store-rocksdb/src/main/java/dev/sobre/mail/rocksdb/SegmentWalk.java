package dev.sobre.mail.rocksdb;

import dev.sobre.mail.rocksdb.SegmentScan.Found;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks a segment that may be damaged: where there is no whole record it looks for the next one.
 * Bodies are passed over unread.
 */
final class SegmentWalk implements AutoCloseable {

    final long number;
    private final SegmentScan scan;

    SegmentWalk(SegmentScan scan) throws IOException {
        this.scan = scan;
        scan.from(SegmentFormat.FILE_HEAD);
        number = scan.number;
    }

    /** Whether the file begins as it should. */
    boolean headed() {
        return scan.headed();
    }

    /** Octets after the last whole record that was met, unless they are zeros written ahead. */
    long rest() throws IOException {
        return scan.isAtEnd() ? 0 : scan.rest();
    }

    /** Whether the secret is known by which records are told. */
    boolean tells() {
        return scan.tells();
    }

    /** Whether that is because of damage. */
    boolean isDefaced() {
        return scan.isDefaced();
    }

    /** The last place so far that the disk could not read; -1 when there was none. */
    long unreadable() {
        return scan.unreadable();
    }

    /** The next whole record of a body, wherever it begins. */
    Optional<Found> next() throws IOException {
        for (var entry = scan.search(); entry.isPresent(); entry = scan.search()) {
            if (entry.get() instanceof Found found) return Optional.of(found);
        }
        return Optional.empty();
    }

    /** The record whose body lies at {@code offset} after a head of the usual size. */
    Optional<Found> withBodyAt(long offset) throws IOException {
        return scan.entry(offset - SegmentFormat.HEAD)
                .flatMap(e -> e instanceof Found found ? Optional.of(found) : Optional.empty());
    }

    /** Whether a record's body is what its tail says; tells of the octets read. */
    boolean isWhole(Found record, LongConsumer read) throws IOException {
        return scan.isWhole(record, read);
    }

    @Override
    public void close() throws IOException {
        scan.close();
    }
}
