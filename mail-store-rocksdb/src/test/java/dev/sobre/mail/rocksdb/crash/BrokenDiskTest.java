package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.Strace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LESSONS 20: one write, sync or rename of a busy store fails, or all from one on. Deliveries get a
 * refusal, nothing is there by half, and what was acknowledged stays. A store that was refused a
 * sync takes nothing more until it is opened again; after a full disk it goes on when there is
 * space.
 */
class BrokenDiskTest {

    private static final List<String> CALLS = List.of("pwrite64", "fdatasync", "fsync", "rename");
    private static final int CHANGES = 40;

    @TempDir Path dir;
    private int runs;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    @Test
    void oneCallFails() throws Exception {
        var random = new Random();
        var calls = run("");
        for (String call : CALLS) inject(calls, call, random);
        injectIntoTables(random);
    }

    @Tag("nightly")
    @Test
    void anyCallFails() throws Exception {
        var random = new Random();
        var calls = run("");
        for (int i = 0; i < 50; i++) {
            for (String call : CALLS) inject(calls, call, random);
            injectIntoTables(random);
        }
    }

    private void inject(Map<String, Counted> calls, String call, Random random) throws Exception {
        Counted counted = Objects.requireNonNull(calls.get(call));
        int most = Math.max(1, (counted.all - counted.before) * 2 / 3); // no two runs are alike
        run(fault(call, counted.before + 1 + random.nextInt(most), random));
    }

    /** What the engine writes in the background is little, and by its own threads. */
    private void injectIntoTables(Random random) throws Exception {
        run(fault("write", 1, random));
    }

    private static String fault(String call, int when, Random random) {
        String error = random.nextBoolean() ? "EIO" : "ENOSPC";
        String further = random.nextBoolean() ? "+" : "";
        return "inject=%s:error=%s:when=%d%s".formatted(call, error, when, further);
    }

    /**
     * How many calls the thread with most of them made, before the process's first change and in
     * all: faults are counted by thread.
     */
    private record Counted(int before, int all) {}

    /** Runs a process and checks what it leaves. */
    private Map<String, Counted> run(String fault) throws Exception {
        Path place = Files.createDirectory(dir.resolve("run" + ++runs));
        Path home = place.resolve("store");
        Path lines = place.resolve("lines");
        var ledger = new Ledger();
        try (var store = RocksMailStore.open(home, BusyProcess.settings())) {
            ledger.begin(store);
        }
        var calls = busy(home, lines, fault);
        BusyProcess.lines(lines).forEach(ledger::note);
        if (fault.contains("sync:error=EIO")) takesNothingMore(lines);
        try (var store = RocksMailStore.open(home, BusyProcess.settings())) {
            ledger.verify(store);
        }
        return calls;
    }

    private static Map<String, Counted> busy(Path home, Path lines, String fault) throws Exception {
        Path log = lines.resolveSibling("strace.log");
        var process = BusyProcess.start(home, 1, CHANGES, lines, strace(log, home, fault));
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String calls = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertEquals(!fault.isEmpty(), calls.contains("(INJECTED)"), fault);
        assertEquals(0, process.exitValue(), fault);
        if (!fault.isEmpty()) return Map.of();
        String ready = BusyProcess.ready(lines).toString();
        String before = calls.substring(0, calls.indexOf(ready));
        Map<String, Counted> counted = new HashMap<>();
        for (String call : CALLS) {
            counted.put(call, new Counted(most(before, call), most(calls, call)));
        }
        return counted;
    }

    private static String[] strace(Path log, Path home, String fault) {
        List<String> options = new ArrayList<>();
        if (fault.isEmpty()) {
            options.addAll(List.of("-e", "trace=mkdir," + String.join(",", CALLS)));
        } else {
            options.addAll(List.of("-e", "trace=write," + String.join(",", CALLS), "-e", fault));
        }
        if (fault.contains("=write:")) {
            for (int number = 1; number < 200; number++) {
                options.addAll(List.of("-P", home + "/meta/%06d.sst".formatted(number)));
            }
        }
        return Strace.command(log, options.toArray(String[]::new));
    }

    private static int most(String calls, String call) {
        Pattern line = Pattern.compile("^(\\d+) +" + call + "\\(", Pattern.MULTILINE);
        Map<String, Integer> count = new HashMap<>();
        line.matcher(calls).results().forEach(r -> count.merge(r.group(1), 1, Integer::sum));
        return count.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static void takesNothingMore(Path lines) throws IOException {
        Set<String> refused = new HashSet<>();
        for (String line : BusyProcess.lines(lines)) {
            String actor = line.split(" ")[1];
            if (line.matches("REFUSED \\d+ UNAVAILABLE")) refused.add(actor);
            assertFalse(
                    line.startsWith("DONE") && refused.contains(actor),
                    "acknowledged after a sync had failed");
        }
    }
}
