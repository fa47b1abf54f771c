package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repair and a restore that are killed at a rename: the next start or command is right. */
class KilledRepairTest {

    private static final String RENAMES = "rename,renameat,renameat2";

    @TempDir static Path dir;
    private static Path made = Path.of("");
    private static Contents before = new Contents(Map.of());
    private static long uidValidity;

    /** Repairs, or restores, in a process of its own. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) {
            Path store = Path.of(args[1]);
            if (args[0].equals("repair")) StoreRepair.repair(store, _ -> {});
            else StoreRestore.restore(Path.of(args[2]), store, _ -> {}, _ -> {});
        }
    }

    @BeforeAll
    static void makeAStore() throws IOException {
        Strace.require();
        made = dir.resolve("made");
        try (var store = RocksMailStore.open(made)) {
            var inbox = Mails.account(store, "ann@example.org");
            for (int i = 0; i < 5; i++) {
                store.append(inbox, List.of(Mails.delivery(Mails.body(i, 500))));
            }
            before = Contents.of(store);
            uidValidity = store.state(inbox).uidValidity();
            store.backup(dir.resolve("backup"), _ -> {});
        }
    }

    /** A copy whose list of metadata files is lost. */
    private static Path damaged() throws IOException {
        Path store = Copies.copy(made, Files.createTempDirectory(dir, "copy"));
        Files.delete(store.resolve("meta/CURRENT"));
        return store;
    }

    /** Runs a child under strace; gives the renames it asked for, or was killed at. */
    private static List<String> renames(List<String> options, String... args) throws Exception {
        Path log = Files.createTempFile(dir, "strace", ".log");
        var all = new ArrayList<>(List.of("-e", "trace=" + RENAMES));
        all.addAll(options);
        var command = new ArrayList<>(List.of(Strace.command(log, all.toArray(String[]::new))));
        command.remove("--seccomp-bpf"); // with it, strace sends a signal at the first call only
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName()));
        command.addAll(List.of(args));
        var child = new ProcessBuilder(command).inheritIO().start();
        assertTrue(child.waitFor(120, TimeUnit.SECONDS));
        assertEquals(options.isEmpty(), child.exitValue() == 0);
        return Files.readAllLines(log).stream().filter(l -> l.contains(" rename")).toList();
    }

    /** Kills a child before a rename that it is known to do, counted from 1. */
    private static void kill(int rename, String... args) throws Exception {
        renames(List.of("-e", "inject=" + RENAMES + ":signal=KILL:when=" + rename), args);
    }

    /** The number, from 1 and of its thread, of the last rename that has these words. */
    private static int last(List<String> renames, String words) {
        var hit = renames.stream().filter(r -> r.contains(words)).toList().getLast();
        String thread = hit.substring(0, hit.indexOf(' ') + 1);
        var own = renames.stream().filter(r -> r.startsWith(thread)).toList();
        return own.indexOf(hit) + 1;
    }

    private static void isWhole(Path store) throws IOException {
        assertEquals(List.of(), CheckTest.check(store));
        try (var open = RocksMailStore.open(store)) {
            assertEquals(before.texts(), Contents.of(open).texts());
            var state = open.state(Mails.inbox(open, "ann@example.org"));
            assertTrue(state.uidValidity() > uidValidity, "UIDs may have been lost");
        }
    }

    @Test
    void aRepair() throws Exception {
        Path store = damaged();
        var renames = renames(List.of(), "repair", store.toString());
        isWhole(store);
        int offer = last(renames, "meta.new\", ");
        assertEquals(offer + 1, last(renames, "meta.damaged"));
        assertEquals(offer + 2, last(renames, "meta.repaired\", "));
        killedBeforeTheSwap(offer);
        killedInTheSwap(offer + 1);
        killedInTheSwap(offer + 2);
    }

    /** Before the fresh metadata are offered nothing is changed. */
    private static void killedBeforeTheSwap(int rename) throws Exception {
        Path store = damaged();
        kill(rename, "repair", store.toString());
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.DAMAGED, refusal.reason());
        StoreRepair.repair(store, _ -> {});
        isWhole(store);
    }

    /** The next check sees the fresh ones, and the next start or repair has them. */
    private static void killedInTheSwap(int rename) throws Exception {
        Path store = damaged();
        kill(rename, "repair", store.toString());
        Path repaired = Copies.copy(store, Files.createTempDirectory(dir, "again"));
        isWhole(store);
        List<String> said = new ArrayList<>();
        StoreRepair.repair(repaired, said::add);
        assertEquals(
                List.of(
                        "a repair that was interrupted at its end was finished",
                        "nothing is to be repaired"),
                said);
        isWhole(repaired);
    }

    @Test
    void aRestore() throws Exception {
        var renames = renames(List.of(), restore(Files.createTempDirectory(dir, "whole")));
        int copying = last(renames, "/segments/00000001.seg");
        for (int rename : List.of(copying, last(renames, ".restoring\", "))) {
            Path parent = Files.createTempDirectory(dir, "restored");
            kill(rename, restore(parent));
            Path store = parent.resolve("store");
            var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
            assertEquals(Reason.REFUSED, refusal.reason());
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains("was interrupted: run it again"));
            StoreRestore.restore(dir.resolve("backup"), store, _ -> {}, _ -> {});
            isWhole(store);
        }
    }

    private static String[] restore(Path parent) {
        String store = parent.resolve("store").toString();
        return new String[] {"restore", store, dir.resolve("backup").toString()};
    }
}
