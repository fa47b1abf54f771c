package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.DeliveryId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that a segment has ahead of its end, and nobody has for long. */
@EnabledOnOs(OS.LINUX)
class ReserveTest {

    private static final long PAGE = 1 << 16; // more than a file system's rounding

    @TempDir(factory = OnDisk.class)
    Path dir;

    @BeforeEach
    void require() {
        assumeTrue(dir.toFile().getUsableSpace() > 100 * Reserve.STEP, "the disk is nearly full");
    }

    @Test
    void whatIsAheadIsNeitherSeenNorKept() throws Exception {
        byte[] octets = Mails.body(1, 10_000);
        Path file = Files.write(dir.resolve("file"), octets);
        try (var reserve = new Reserve(file)) {
            reserve.reach(octets.length);
            assertTrue(allocated(file) >= Reserve.STEP, "blocks are there");
            assertArrayEquals(octets, Files.readAllBytes(file));
            reserve.reach(Reserve.STEP + 1);
            assertTrue(allocated(file) >= 2 * Reserve.STEP, "and more");
        }
        assertArrayEquals(octets, Files.readAllBytes(file));
        assertTrue(allocated(file) < octets.length + PAGE, "blocks were given back");
    }

    @Test
    void aFileThatIsNotThereHasNone() {
        try (var reserve = new Reserve(dir.resolve("nothing"))) {
            reserve.reach(1);
        }
        assertTrue(Files.notExists(dir.resolve("nothing")));
    }

    @Test
    void aClosedStoreHasNothingAhead() throws Exception {
        deliver(1, Reserve.STEP);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        assertTrue(allocated(segment) < Files.size(segment) + PAGE);
    }

    @Test
    void whatAKilledProcessLeftIsGivenBackByTheNext() throws Exception {
        deliver(1, 0);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        long octets = Files.size(segment);
        new Reserve(segment).reach(octets); // as one that is not closed
        assertTrue(allocated(segment) >= Reserve.STEP);
        deliver(2, Reserve.STEP);
        assertEquals(octets, Files.size(segment));
        assertTrue(allocated(segment) < octets + PAGE);
    }

    /** The file of a large message is newer than the one that grew. */
    @Test
    void itIsGivenBackAlsoWhereALargeMessageCameLast() throws Exception {
        Path directory = dir.resolve("store");
        try (var store = RocksMailStore.open(directory);
                var sink = store.sink(1 << 20)) {
            var inbox = Mails.account(store, "ann@example.org");
            sink.write(ByteBuffer.wrap(Mails.body(1, 500_000)));
            store.append(inbox, List.of(Mails.delivery(sink.finish())));
            // It waits elsewhere until its commit is durable.
            await().until(() -> Copies.segments(directory).size() == 2);
        }
        Path grew = Copies.segments(directory).getFirst();
        long octets = Files.size(grew);
        new Reserve(grew).reach(octets);
        deliver(2, Reserve.STEP);
        assertTrue(allocated(grew) < octets + PAGE);
    }

    /** Delivers a mail; the segment that grows has so much then. */
    private void deliver(long seed, long atLeast) throws IOException {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var inbox =
                    store.accounts().find("ann@example.org").isPresent()
                            ? Mails.inbox(store, "ann@example.org")
                            : Mails.account(store, "ann@example.org");
            store.accept(Mails.submission(DeliveryId.random(), Mails.body(seed, 5000), inbox));
            Path growing = Copies.segments(dir.resolve("store")).getLast();
            assertTrue(allocated(growing) >= atLeast);
        }
    }

    private static long allocated(Path file) throws IOException {
        var stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
        String[] blocks =
                new String(stat.getInputStream().readAllBytes(), US_ASCII).strip().split(" ");
        return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
    }
}
