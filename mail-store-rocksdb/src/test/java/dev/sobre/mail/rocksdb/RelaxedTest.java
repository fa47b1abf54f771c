package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that answers before it syncs loses nothing when its process ends. */
class RelaxedTest {

    private static final int EACH = 200;

    @TempDir Path dir;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    @Test
    void answersComeBeforeSyncsAndAllIsThereAfterwards() throws Exception {
        Path log = dir.resolve("strace.log");
        String[] strace =
                Strace.command(log, "-E", "SYNC=RELAXED", "-y", "-xx", "-e", "trace=fdatasync");
        var child = LoadedChild.start(dir.resolve("store"), 0, 4, EACH, strace);
        long acknowledged =
                new String(child.getInputStream().readAllBytes(), US_ASCII)
                        .lines()
                        .filter(line -> line.startsWith("ACK"))
                        .count();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(4 * EACH, acknowledged);
        List<Call> syncs = SyscallLog.read(log);
        assertTrue(syncs.stream().anyMatch(c -> c.path().endsWith(".seg")), "synced at last");
        assertTrue(syncs.size() < acknowledged / 4, () -> syncs.size() + " syncs");
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var inbox = Mails.inbox(store, "ann@example.org");
            assertEquals(acknowledged, store.state(inbox).messages());
        }
    }
}
