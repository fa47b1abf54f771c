package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a compaction can't read it leaves where it is. */
class CompactionDamageTest extends ShrinkingMailbox {

    @Test
    void aDamagedBodyIsNeverDropped() throws Exception {
        deliver(30);
        var messages = Mails.all(store, inbox);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        Copies.flip(segment, messages.get(5).body().offset() + 300);
        expunge(UidSet.range(1, 3));
        try (var log = new LogLines(Compaction.class)) {
            assertEquals(1, compact().damaged());
            assertEquals(1, compact().damaged());
            assertEquals(1, log.lines().size(), "said once");
            assertTrue(log.lines().getFirst().startsWith("segment 1 is not compacted"));
        }
        assertTrue(Files.exists(segment));
        assertEquals(0, files("incoming"));
        assertThrows(IOException.class, () -> Mails.read(store, messages.get(5)));
        assertArrayEquals(expected.get(5L), Mails.read(store, messages.get(4)));
    }

    @Test
    void bodiesBehindADamagedHeadAreNeverDropped() throws Exception {
        deliver(30);
        var messages = Mails.all(store, inbox);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        Copies.flip(segment, messages.get(5).body().offset() - 20);
        expunge(UidSet.range(1, 3));
        compact();
        verify(); // a body can be read without its head
        Path first = Copies.segments(dir.resolve("store")).getFirst();
        assertEquals(segment, first);
    }

    @Test
    void movedBodiesBehindADamagedHeadAreNeverDropped() throws Exception {
        deliver(30);
        expunge(UidSet.range(1, 5));
        compact();
        await().until(() -> !Files.exists(dir.resolve("store/segments/00000001.seg")));
        Path moved = firstMoved();
        Copies.flip(moved, 40); // the first head
        expunge(UidSet.of(6));
        compact();
        assertTrue(Files.exists(moved));
        verify();
        Copies.flip(moved, 40);
        Copies.flip(moved, 10); // the file's head
        expunge(UidSet.of(7));
        compact();
        assertTrue(Files.exists(moved));
        verify();
    }

    private Path firstMoved() throws IOException {
        for (Path segment : Copies.segments(dir.resolve("store"))) {
            try (var scan = new SegmentScan(segment)) {
                if (scan.moved()) return segment;
            }
        }
        throw new AssertionError("nothing was moved");
    }
}
