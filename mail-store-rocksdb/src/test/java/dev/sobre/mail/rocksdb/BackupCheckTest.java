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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is read as a restore would: whatever it lacks is named. */
class BackupCheckTest {

    @TempDir Path dir;

    private Path backup() {
        return dir.resolve("backup");
    }

    @Test
    void whatIsDamagedIsNamed() throws IOException {
        try (var store = DamagedStore.make(dir.resolve("store"))) {
            store.backup(backup(), _ -> {});
            assertEquals(List.of(), check(backup()));
        }
        List<Path> segments = Copies.segments(backup());
        Path table = Copies.files(Copies.files(backup(), "meta-*").getFirst(), "*.sst").getFirst();
        Path middle = segments.get(1);
        Path last = segments.getLast();
        named(Kind.BODY, copy -> Copies.flip(copy.resolve(backup().relativize(middle)), 2000));
        named(Kind.BODY, copy -> Files.delete(copy.resolve(backup().relativize(middle))));
        named(Kind.SEGMENT, copy -> Copies.cut(copy.resolve(backup().relativize(last)), 100));
        named(Kind.METADATA_FILE, copy -> Copies.flip(copy.resolve(backup().relativize(table)), 9));
        Files.delete(backup().resolve("BACKUP"));
        var refusal = assertThrows(StoreException.class, () -> check(backup()));
        assertEquals(Reason.MISSING, refusal.reason());
    }

    /** Something that happens to a backup. */
    private interface Injury {
        void to(Path backup) throws IOException;
    }

    private void named(Kind kind, Injury injury) throws IOException {
        Path copy = Copies.copy(backup(), Files.createTempDirectory(dir, "injured"));
        injury.to(copy);
        var found = check(copy);
        assertTrue(found.stream().anyMatch(f -> f.kind() == kind), () -> kind + ": " + found);
    }

    static List<Finding> check(Path backup) {
        var found = new ArrayList<Finding>();
        StoreCheck.ofBackup(backup, found::add);
        return found;
    }
}
