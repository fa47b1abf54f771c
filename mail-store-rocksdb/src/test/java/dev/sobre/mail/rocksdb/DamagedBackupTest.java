package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a damaged backup still has is restored: there may be no other. */
class DamagedBackupTest {

    @TempDir Path dir;

    private final List<String> said = new ArrayList<>();
    private long messages;

    private Path backup() {
        return dir.resolve("backup");
    }

    private Path restored() {
        return dir.resolve("restored");
    }

    @BeforeEach
    void backUp() throws IOException {
        try (var store = DamagedStore.make(dir.resolve("store"))) {
            store.backup(backup(), _ -> {});
            messages = store.stats().messages();
        }
        Home.remove(dir.resolve("store"));
    }

    private BackupProgress restore(Consumer<BackupProgress> listener) {
        return StoreRestore.restore(backup(), restored(), listener, said::add);
    }

    @Test
    void itsMetadataAreRepaired() throws IOException {
        Files.delete(Copies.files(backup(), "meta-*").getFirst().resolve("CURRENT"));
        restore(_ -> {});
        assertTrue(said.getFirst().startsWith("the backup is damaged"), said::toString);
        var found = CheckTest.check(restored());
        assertTrue(found.stream().allMatch(f -> f.kind() == Kind.BODY), found::toString);
        try (var store = RocksMailStore.open(restored())) {
            assertEquals(2, store.accounts().count());
            // What was removed can come back, though its text may have gone for good.
            assertTrue(store.stats().messages() >= messages);
        }
    }

    @Test
    void allButTheMessagesOfMissingSegmentsIsThere() throws IOException {
        var segments = Copies.segments(backup());
        Path missing = segments.get(1);
        Path cut = segments.get(2);
        long octets = Files.size(missing);
        Files.delete(missing);
        Copies.cut(cut, Files.size(cut) - 1000);
        assertEquals(2, restore(_ -> {}).unreadable());
        assertEquals(
                List.of(lost(octets, octets, missing), lost(1000, Files.size(cut) + 1000, cut)),
                said);
        var wrong = CheckTest.check(restored()).stream().filter(f -> !f.harmless()).toList();
        assertTrue(wrong.stream().anyMatch(f -> f.kind() == Kind.BODY), wrong::toString);
        try (var store = RocksMailStore.open(restored())) {
            assertEquals(messages, store.stats().messages(), "some are listed and can't be read");
        }
    }

    private static String lost(long some, long octets, Path segment) {
        return "lost: %d of the %d octets of %s".formatted(some, octets, segment.getFileName());
    }

    @Test
    void oneThatFailsLeavesNothingOnTheDiskButThatItWasBegun() throws IOException {
        Consumer<BackupProgress> stop =
                _ -> {
                    throw new IllegalStateException("as a disk that is full");
                };
        assertThrows(IllegalStateException.class, () -> restore(stop));
        assertEquals(List.of(), Copies.files(Home.restoring(restored()), "*"));
        var refusal =
                assertThrows(StoreException.class, () -> RocksMailStore.open(restored()).close());
        assertEquals(Reason.REFUSED, refusal.reason());
        restore(_ -> {});
        assertEquals(List.of(), said);
        assertEquals(List.of(), CheckTest.check(restored()));
    }
}
