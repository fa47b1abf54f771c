package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who sends mail can write into it what looks like a record: checksums are no secret. All of it may
 * be right but the secret of the segment, and whatever is damaged, nothing in a mail is taken for a
 * record, nor does it make the search for records long.
 */
class ForgedRecordTest {

    private static final String ANN = "ann@example.org";
    private static final byte[] FORGED = Keys.counter("forged");
    private static final int MESSAGES = 3;

    /** What became of the last message, in which records are forged. */
    private enum Harm {
        CUT,
        TAIL,
        HEAD
    }

    @TempDir Path dir;
    private MailboxId inbox = new MailboxId(new AccountId(1), 1);
    private CommitPoint last = CommitPoint.NONE;
    private long secret;

    @BeforeEach
    void makeAStoreThatWasKilled() throws Exception {
        try (var open = RocksMailStore.open(dir.resolve("original"))) {
            inbox = Mails.account(open, ANN);
            for (int i = 0; i < MESSAGES; i++) {
                open.append(inbox, List.of(Mails.delivery(Mails.body(i, 700))));
            }
            Copies.copy(dir.resolve("original"), dir.resolve("killed"));
        }
        Path segment = segment(dir.resolve("killed"));
        secret = SegmentFormat.secretOfFile(ByteBuffer.wrap(Files.readAllBytes(segment)));
        try (var scan = new SegmentScan(segment)) {
            for (var next = scan.nextEntry(); next.isPresent(); next = scan.nextEntry()) {
                if (next.get() instanceof SegmentScan.Committed commit) last = commit.point();
            }
        }
    }

    private static Path segment(Path store) throws IOException {
        return Copies.segments(store).getFirst();
    }

    /** A copy with a last message in which records with some secret stand. */
    private Path sent(long guess, CommitPoint before, Harm harm) throws IOException {
        Path store = Copies.copy(dir.resolve("killed"), Files.createTempDirectory(dir, "copy"));
        long start = Files.size(segment(store)) + SegmentFormat.HEAD;
        var text = new ByteArrayOutputStream();
        text.writeBytes(Mails.body(7, 1000));
        text.writeBytes(body(guess, ByteBuffer.wrap(Mails.body(8, 300))));
        var point = new CommitPoint(last.number() + 1, last.segment(), start + text.size());
        text.writeBytes(commit(guess, point, before));
        text.writeBytes(new byte[500]);
        byte[] record = body(secret, ByteBuffer.wrap(text.toByteArray()));
        if (harm == Harm.HEAD) record[30] ^= 1;
        if (harm == Harm.TAIL) record[record.length - 1] ^= 1;
        var come = ByteBuffer.wrap(record, 0, record.length - (harm == Harm.CUT ? 400 : 0));
        try (var file = Files.newByteChannel(segment(store), StandardOpenOption.APPEND)) {
            file.write(come);
        }
        return store;
    }

    private byte[] body(long secret, ByteBuffer text) {
        var origin =
                new SegmentFormat.Origin(DeliveryId.random(), Instant.EPOCH, 0, List.of(inbox));
        var head = SegmentFormat.head(secret, origin, text.remaining(), SegmentFormat.HEAD);
        var tail = SegmentFormat.tail(head, BlockSums.of(text), origin);
        return together(head, text, tail);
    }

    private static byte[] commit(long secret, CommitPoint point, CommitPoint before) {
        var batch = new Batch();
        batch.put(FORGED, new byte[8]);
        batch.put(CommitPoint.KEY, point.encode());
        byte[] changes = batch.done();
        var head =
                CommitFormat.head(secret, changes.length, point.number(), before, point.offset());
        return together(head, ByteBuffer.wrap(changes), CommitFormat.tail(changes));
    }

    private static byte[] together(ByteBuffer... parts) {
        var all = ByteBuffer.allocate(Stream.of(parts).mapToInt(ByteBuffer::remaining).sum());
        for (var part : parts) all.put(part.duplicate());
        return all.array();
    }

    private static int bodies(Path store) throws IOException {
        int bodies = 0;
        try (var walk = new SegmentWalk(new SegmentScan(segment(store)))) {
            while (walk.next().isPresent()) bodies++;
        }
        return bodies;
    }

    private static boolean isMade(Path store) throws IOException {
        try (var open = RocksMailStore.open(store)) {
            assertEquals(MESSAGES, open.state(Mails.inbox(open, ANN)).messages());
        }
        try (var home = Home.enter(store);
                var engine = Engine.open(home, StoreSettings.small())) {
            return engine.read(reads -> reads.has(FORGED));
        }
    }

    /** The forged ones are right in all else, or the other tests would say nothing. */
    @Test
    void withTheSecretTheyWouldBeRecords() throws Exception {
        for (var harm : Harm.values()) {
            Path store = sent(secret, last, harm);
            assertEquals(MESSAGES + 1, bodies(store), harm::name);
            assertTrue(isMade(store), harm::name);
        }
    }

    @Test
    void withoutItTheyAreNot() throws Exception {
        for (var harm : Harm.values()) {
            for (var before : List.of(last, new CommitPoint(0, 77, 77))) {
                isNothing(sent(secret ^ 1, before, harm));
                Path spoilt = sent(secret ^ 1, before, harm);
                Copies.flip(segment(spoilt), 30);
                isNothing(spoilt);
            }
        }
    }

    private static void isNothing(Path store) throws IOException {
        assertEquals(MESSAGES, bodies(store));
        assertEquals(false, isMade(store), "what a message says was done");
    }

    /** As the power may leave them, of a file that is gone. */
    @Test
    void thoseOfAnotherSegmentWhereARecordCouldFollowAreNone() throws Exception {
        for (boolean commit : new boolean[] {true, false}) {
            Path store = Copies.copy(dir.resolve("killed"), dir.resolve("stale" + commit));
            var point = new CommitPoint(last.number() + 1, 1, Files.size(segment(store)));
            byte[] stale =
                    commit
                            ? commit(secret ^ 1, point, last)
                            : body(secret ^ 1, ByteBuffer.wrap(Mails.body(8, 300)));
            Files.write(segment(store), stale, StandardOpenOption.APPEND);
            isNothing(store);
        }
    }

    /** Nor by a repair, which takes commits from behind gaps, and bodies that nobody knows of. */
    @Test
    void theyAreNotRepaired() throws Exception {
        for (var harm : Harm.values()) {
            Path store = sent(secret ^ 1, new CommitPoint(0, 77, 77), harm);
            Copies.flip(segment(store), 30);
            Home.remove(store.resolve("meta"));
            StoreRepair.repair(store, _ -> {});
            isNothing(store);
        }
    }

    /** Each of its heads says that its tail is long, and would be read if it were believed. */
    @Test
    void aBodyFullOfHeadsIsReadOnce() throws Exception {
        Path store = dir.resolve("killed");
        search(store);
        var tail = Collections.nCopies(20_000, inbox);
        var origin = new SegmentFormat.Origin(DeliveryId.random(), Instant.EPOCH, 0, tail);
        byte[] heads =
                together(
                        SegmentFormat.head(secret ^ 1, origin, 0, SegmentFormat.HEAD),
                        CommitFormat.head(secret ^ 1, 300_000, 99, last, SegmentFormat.FILE_HEAD));
        var text = new ByteArrayOutputStream();
        while (text.size() < 1 << 20) text.writeBytes(heads);
        Files.write(segment(store), text.toByteArray(), StandardOpenOption.APPEND);
        assertTrue(search(store) < 2 * Files.size(segment(store)), "it was read again and again");
    }

    /** How many octets this thread reads for it. */
    private static long search(Path store) throws IOException {
        long before = octetsRead();
        assertEquals(MESSAGES, bodies(store));
        return octetsRead() - before;
    }

    private static long octetsRead() throws IOException {
        String first = Files.readAllLines(Path.of("/proc/thread-self/io")).getFirst();
        return Long.parseLong(first.substring("rchar: ".length()));
    }
}
