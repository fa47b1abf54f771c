package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LESSONS 20: a sync that fails once. After EIO nothing more is acknowledged, also when later syncs
 * would succeed; after ENOSPC it goes on. What was acknowledged is there in both cases.
 */
class InjectedFailureTest {

    private static final int THREADS = 4;
    private static final int EACH = 60;

    @TempDir Path dir;
    private final List<LoadedChild.Ack> acks = new ArrayList<>();
    private final Set<Long> refusedThreads = new HashSet<>();
    private final Set<String> reasons = new HashSet<>();
    private boolean acknowledgedAfterRefusal;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    // The syncs are the writer's, of the segment; some mail was acknowledged before.
    @ParameterizedTest
    @CsvSource({"EIO, 30", "EIO, 31", "ENOSPC, 30", "ENOSPC, 31"})
    void aSyncThatFails(String error, int when) throws Exception {
        run("fdatasync", error, when);
        boolean full = error.equals("ENOSPC");
        assertEquals(Set.of(full ? "FULL" : "UNAVAILABLE"), reasons);
        assertEquals(full, acknowledgedAfterRefusal);
        verify();
    }

    /** A segment that can't be found after the end of power is not written to. */
    @Test
    void aNewSegmentsNameThatWasNotSyncedIsSyncedAgain() throws Exception {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            Mails.account(store, "ann@example.org");
        }
        run("fsync", "ENOSPC", 1, "-P", dir.resolve("store/segments").toString());
        var syncs = new ArrayList<>(Files.readAllLines(dir.resolve("strace.log")));
        syncs.removeIf(line -> !line.contains("fsync("));
        assertTrue(syncs.getFirst().contains("(INJECTED)"), syncs::toString);
        String writer = syncs.getFirst().split(" ")[0];
        assertTrue(
                syncs.stream().anyMatch(l -> l.startsWith(writer + " ") && l.endsWith(" = 0")),
                syncs::toString);
        verify();
    }

    private void run(String call, String error, int when, String... where) throws Exception {
        List<String> options = new ArrayList<>(List.of(where));
        options.addAll(List.of("-e", "trace=" + call));
        options.addAll(List.of("-e", "inject=%s:error=%s:when=%d".formatted(call, error, when)));
        String[] strace = Strace.command(dir.resolve("strace.log"), options.toArray(String[]::new));
        var child = LoadedChild.start(dir.resolve("store"), 0, THREADS, EACH, strace);
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            out.lines().forEach(this::note);
        }
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertFalse(acks.isEmpty());
    }

    private void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("REFUSED")) {
            reasons.add(words[1]);
            refusedThreads.add(Long.parseLong(words[2]) / LoadedChild.PER_THREAD);
        }
        for (var ack : LoadedChild.Ack.parse(line).toList()) {
            acks.add(ack);
            acknowledgedAfterRefusal |= refusedThreads.contains(ack.thread());
        }
    }

    private void verify() throws Exception {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            Map<Long, byte[]> bodies = new HashMap<>();
            for (var message : Mails.all(store, Mails.inbox(store, "ann@example.org"))) {
                byte[] body = Mails.read(store, message);
                bodies.put(Mails.seed(body), body);
            }
            for (var ack : acks) assertArrayEquals(ack.body(), bodies.get(ack.seed()));
        }
    }
}
