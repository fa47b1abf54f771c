package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.DeliveryId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The segment that grows, and what is left of what was taken back. */
class SegmentWriterTest {

    @TempDir Path dir;

    @Test
    void aSegmentWhoseFirstRecordsWereTakenBackIsAWholeOne() throws Exception {
        try (var home = Home.enter(dir.resolve("store"));
                var segments = new Segments(home);
                var writer = new SegmentWriter(segments, StoreSettings.small(), CommitPoint.NONE)) {
            append(writer, 1);
            writer.rollback();
            append(writer, 2);
            var commit = writer.next();
            writer.commit(commit, new byte[] {1, 2, 3});
            try (var scan = new SegmentScan(segments.file(commit.segment()))) {
                var body = scan.next().orElseThrow();
                assertEquals(SegmentFormat.FILE_HEAD + SegmentFormat.HEAD, body.body().offset());
                assertEquals(Mails.body(2, 700).length, body.body().length());
                assertTrue(scan.isWhole(body));
                scan.skipAll();
                assertTrue(scan.isAtEnd());
            }
        }
    }

    private static void append(SegmentWriter writer, long seed) throws Exception {
        var origin = new SegmentFormat.Origin(DeliveryId.random(), Instant.EPOCH, 0, List.of());
        var body = ByteBuffer.wrap(Mails.body(seed, 700));
        writer.append(origin, body, BlockSums.of(body));
    }
}
