package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sobre.mail.DeliveryId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who sends mail can write into it what looks like a commit: checksums are no secret. When such a
 * body is the last that came to the disk, and not all of it did, nothing in it is taken for one.
 */
class ForgedCommitTest {

    private static final byte[] FORGED = Keys.counter("forged");
    private static final int MESSAGES = 3;

    @TempDir Path dir;
    private Path store = Path.of("");
    private CommitPoint last = CommitPoint.NONE;

    @BeforeEach
    void makeAStoreThatWasKilled() throws Exception {
        try (var open = RocksMailStore.open(dir.resolve("original"))) {
            var inbox = Mails.account(open, "ann@example.org");
            for (int i = 0; i < MESSAGES; i++) {
                open.append(inbox, List.of(Mails.delivery(Mails.body(i, 700))));
            }
            store = Copies.copy(dir.resolve("original"), dir.resolve("killed"));
        }
        try (var scan = new SegmentScan(segment())) {
            for (var next = scan.nextEntry(); next.isPresent(); next = scan.nextEntry()) {
                if (next.get() instanceof SegmentScan.Committed commit) last = commit.point();
            }
        }
    }

    private Path segment() throws IOException {
        return Copies.segments(store).getLast();
    }

    /** Writes the beginning of a long message in whose text a commit is to be found. */
    private void tear(CommitPoint before, boolean wholeTail) throws IOException {
        byte[] text = Mails.body(7, 1000);
        long at = Files.size(segment()) + SegmentFormat.HEAD + text.length;
        byte[] forged = commit(new CommitPoint(last.number() + 1, last.segment(), at), before);
        var origin = new SegmentFormat.Origin(DeliveryId.random(), Instant.EPOCH, 0, List.of());
        var record = new ByteArrayOutputStream();
        int octets = text.length + forged.length + 500;
        record.write(SegmentFormat.head(origin, octets, SegmentFormat.HEAD).array());
        record.write(text);
        record.write(forged);
        record.write(new byte[wholeTail ? 500 + 4 + 4 : 100]); // whose checksums are wrong
        Files.write(segment(), record.toByteArray(), StandardOpenOption.APPEND);
    }

    private static byte[] commit(CommitPoint point, CommitPoint before) {
        var batch = new Batch();
        batch.put(FORGED, new byte[8]);
        batch.put(CommitPoint.KEY, point.encode());
        byte[] changes = batch.done();
        var record =
                ByteBuffer.allocate((int) CommitFormat.Head.recordLength(changes.length))
                        .put(
                                CommitFormat.head(
                                        changes.length, point.number(), before, point.offset()))
                        .put(changes)
                        .put(CommitFormat.tail(changes));
        return record.array();
    }

    @Test
    void itIsNotMadeWhereItsMessageWasCut() throws Exception {
        tear(last, false);
        isNotMade();
    }

    @Test
    void itIsNotMadeWhereItsMessageIsDamaged() throws Exception {
        tear(last, true);
        isNotMade();
    }

    @Test
    void oneThatFollowsNothingKeepsNobodyOut() throws Exception {
        tear(new CommitPoint(0, 77, 77), false);
        isNotMade();
    }

    /** Nor by a repair, which takes commits from behind gaps. */
    @Test
    void itIsNotRepaired() throws Exception {
        tear(new CommitPoint(0, 77, 77), false);
        StoreRepair.repair(store, _ -> {});
        isNotMade();
    }

    private void isNotMade() throws IOException {
        try (var open = RocksMailStore.open(store)) {
            assertEquals(MESSAGES, open.state(Mails.inbox(open, "ann@example.org")).messages());
        }
        try (var home = Home.enter(store);
                var engine = Engine.open(home, StoreSettings.small())) {
            boolean made = engine.read(reads -> reads.has(FORGED));
            assertFalse(made, "what a message says was done");
        }
    }
}
