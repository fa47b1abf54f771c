package dev.sobre.mail.rocksdb;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads that fail: what the disk can't read is named and passed over, and is never taken for what a
 * crash leaves.
 */
class BadSectorTest {

    private static final String COPIES = "copy_file_range,sendfile";
    private static final String ALL = "1+";
    private static final String HEAD = "1..2"; // a read, and that of its sector alone
    private static final String SECOND = "2..3";

    private static final int SECTOR = 4096;

    @TempDir static Path dir;
    private static Path closed = Path.of("");
    private static Path killed = Path.of("");

    @BeforeAll
    static void makeStores() throws IOException {
        Strace.require();
        closed = dir.resolve("closed");
        try (var store = DamagedStore.make(closed)) {
            killed = Copies.copy(closed, dir.resolve("killed"));
        }
    }

    /** Does one thing with a store, and says what comes of it. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            Path store = Path.of(args[1]);
            try {
                switch (args[0]) {
                    case "check" -> StoreCheck.of(store, f -> say(f.kind() + " " + f.where()));
                    case "repair" -> StoreRepair.repair(store, said -> say("REPAIR " + said));
                    case "backup" -> backup(store);
                    case "copy" -> copy(store);
                    case "drop" -> StoreRepair.dropDamaged(store, said -> say(said));
                    default -> open(store);
                }
            } catch (StoreException e) {
                say("REFUSED " + e.getMessage());
            }
        }

        private static void backup(Path path) {
            try (var store = RocksMailStore.open(path, DamagedStore.SETTINGS)) {
                var done = store.backup(path.resolveSibling("backup"), _ -> {});
                say("UNREADABLE " + done.unreadable());
            }
        }

        private static void copy(Path segment) throws IOException {
            Path to = segment.resolveSibling("copy");
            say("WHOLE " + SegmentCopy.make(segment, to, Files.size(segment)));
        }

        private static void open(Path path) {
            try (var store = RocksMailStore.open(path, DamagedStore.SETTINGS)) {
                say("READ " + readable(store));
                var last = new CompactionProgress[1];
                store.compact(progress -> last[0] = progress);
                say("ALONE " + last[0].damaged());
                say("READ " + readable(store));
            }
        }

        private static long readable(RocksMailStore store) {
            return Contents.of(store).messages().values().stream()
                    .filter(kept -> kept.hash() != Contents.UNREADABLE)
                    .count();
        }

        @SuppressWarnings("SystemOut") // it is what the parent reads
        private static void say(String line) {
            System.out.println(line);
        }
    }

    /** Runs a child for which some reads of a segment fail, by their number. */
    private static List<String> run(String what, Path store, Path segment, String reads)
            throws Exception {
        String[] strace =
                Strace.command(
                        Files.createTempFile(dir, "strace", ".log"),
                        "-P",
                        segment.toString(),
                        "-e",
                        "trace=link,pread64," + COPIES,
                        "-e",
                        "inject=link:error=EXDEV",
                        "-e",
                        "inject=" + COPIES + ":error=EIO",
                        "-e",
                        "inject=pread64:error=EIO:when=" + reads);
        var child =
                ChildProcess.start(
                        List.of(strace),
                        List.of("-XX:TieredStopAtLevel=1"),
                        Child.class,
                        what,
                        store);
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = out.lines().toList();
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, child.exitValue(), lines::toString);
            return lines;
        }
    }

    private static Path copy(Path of) throws IOException {
        return Copies.copy(of, Files.createTempDirectory(dir, "copy"));
    }

    /** One that is full, with messages of both accounts. */
    private static Path full(Path store) throws IOException {
        return Copies.segments(store).get(1);
    }

    private static Set<String> named(List<String> lines, Kind kind) {
        return lines.stream()
                .filter(l -> l.startsWith(kind + " message"))
                .collect(Collectors.toSet());
    }

    @Test
    void theCheckNamesTheMessagesAndLooksAtTheOthers() throws Exception {
        Path gone = copy(closed);
        Files.delete(full(gone));
        var lost = CheckTest.check(gone).stream().map(f -> f.kind() + " " + f.where()).toList();
        var found = run("check", closed, full(closed), ALL);
        assertFalse(named(lost, Kind.BODY).isEmpty());
        assertEquals(named(lost, Kind.BODY), named(found, Kind.BODY), found::toString);
        assertTrue(
                found.contains("RECORD segments/" + full(closed).getFileName()), found::toString);
    }

    @Test
    void anOpeningAndACompactionGoOnWithoutThem() throws Exception {
        Path store = copy(closed);
        var lines = run("open", store, full(store), ALL);
        assertEquals("ALONE 1", lines.get(1), lines::toString);
        assertEquals(lines.get(0), lines.get(2));
        try (var open = RocksMailStore.open(store)) {
            assertEquals(Contents.of(open).messages().size(), Child.readable(open));
        }
        assertEquals(List.of(), CheckTest.check(store));
    }

    @Test
    void aRepairRestoresWhatElseThereIs() throws Exception {
        Path store = copy(closed);
        Files.delete(store.resolve("meta/CURRENT"));
        var lines = run("repair", store, full(store), ALL);
        assertTrue(lines.getLast().startsWith("REPAIR the old metadata are kept"), lines::toString);
        try (var open = RocksMailStore.open(store)) {
            assertTrue(Child.readable(open) > 100);
        }
    }

    @Test
    void aBackupHasAllTheRest() throws Exception {
        Path place = Files.createTempDirectory(dir, "backup");
        Path store = Copies.copy(closed, place.resolve("store"));
        assertEquals(List.of("UNREADABLE 1"), run("backup", store, full(store), ALL));
        Files.delete(full(store));
        var lost = CheckTest.check(store).stream().map(f -> f.kind() + " " + f.where()).toList();
        Path restored = place.resolve("restored");
        assertEquals(
                0,
                StoreRestore.restore(place.resolve("backup"), restored, _ -> {}, _ -> {})
                        .unreadable());
        var found = CheckTest.check(restored).stream().map(f -> f.kind() + " " + f.where());
        assertEquals(named(lost, Kind.BODY), named(found.toList(), Kind.BODY));
    }

    @Test
    void theyAreDroppedWhenAskedFor() throws Exception {
        Path store = copy(closed);
        var lines = run("drop", store, full(store), ALL);
        assertTrue(lines.size() > 5);
        for (String line : lines) {
            assertTrue(line.startsWith("removed: message "), line);
            assertTrue(line.contains("; what there is of it is in recovered/"), line);
        }
        Files.delete(full(store));
        var found = CheckTest.check(store).stream().filter(f -> f.kind() == Kind.BODY).toList();
        assertEquals(List.of(), found, "nothing is listed that lay there");
    }

    @Test
    void whatTheCopyBeforeHasOfABadSectorStays() throws Exception {
        Path place = Files.createTempDirectory(dir, "older");
        Path segment = Files.copy(full(closed), place.resolve("segment"));
        byte[] octets = Files.readAllBytes(segment);
        Path copy = place.resolve("copy");
        Files.write(copy, Arrays.copyOf(octets, 2 * SECTOR)); // of when it was shorter
        assertEquals(List.of("WHOLE false"), run("copy", segment, segment, SECOND));
        assertArrayEquals(octets, Files.readAllBytes(copy));
        Files.copy(Copies.segments(closed).getFirst(), copy, REPLACE_EXISTING);
        assertEquals(List.of("WHOLE false"), run("copy", segment, segment, SECOND));
        Arrays.fill(octets, 0, SECTOR, (byte) 0);
        assertArrayEquals(octets, Files.readAllBytes(copy), "another segment has nothing of it");
    }

    @Test
    void afterAKillWhatMayHaveBeenACommitStopsTheOpening() throws Exception {
        var lines = run("open", killed, Copies.growing(killed), ALL);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("is not readable to its end"), lines::toString);
    }

    @Test
    void afterAKillTheBeginningOfTheNewestSegmentIsNotNeeded() throws Exception {
        Path store = copy(killed);
        var lines = run("open", store, Copies.growing(store), HEAD);
        assertTrue(lines.getFirst().startsWith("READ "), lines::toString);
    }
}
