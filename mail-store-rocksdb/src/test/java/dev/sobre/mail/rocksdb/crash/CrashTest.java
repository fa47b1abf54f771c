package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.rocksdb.RocksMailStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LESSONS 20: whatever accounts are doing when the process is killed, nothing acknowledged is lost,
 * nothing is there by half, and no UID is used twice.
 */
class CrashTest {

    @TempDir Path dir;

    @Test
    void killedTenTimes() throws Exception {
        rounds(10);
    }

    @Tag("nightly")
    @Test
    void killedTwoHundredTimes() throws Exception {
        rounds(200);
    }

    private void rounds(int rounds) throws Exception {
        var random = new Random();
        var ledger = new Ledger();
        try (var store = RocksMailStore.open(dir, BusyProcess.settings())) {
            ledger.begin(store);
        }
        for (int round = 0; round < rounds; round++) {
            runUntilKilled(ledger, 1 + round * 1_000_000L, 20 + random.nextInt(600));
            try (var store = RocksMailStore.open(dir, BusyProcess.settings())) {
                ledger.verify(store);
            }
        }
        assertTrue(ledger.acknowledged() > rounds * 20L);
    }

    /** Sends SIGKILL after so many acknowledgements at least. */
    private void runUntilKilled(Ledger ledger, long firstSeed, int most) throws Exception {
        var process = BusyProcess.start(dir, firstSeed, 1_000_000);
        long target = ledger.acknowledged() + most;
        try (var out =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            while (line != null) {
                ledger.note(line);
                if (ledger.acknowledged() >= target) process.toHandle().destroyForcibly();
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(128 + 9, process.exitValue(), "killed, not ended");
    }
}
