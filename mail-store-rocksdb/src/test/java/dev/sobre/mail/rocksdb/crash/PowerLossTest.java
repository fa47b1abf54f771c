package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.Strace;
import dev.sobre.mail.rocksdb.SyscallLog;
import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LESSONS 20: the power goes, and the disk has what was synced. A kill leaves what the kernel
 * holds, so this test plays a busy process's system calls to a file system that drops unsynced
 * writes, and cuts the power at many moments of one run.
 */
class PowerLossTest {

    @TempDir Path dir;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    @Test
    void whatWasAcknowledgedWasSynced() throws Exception {
        cutThePower(25, 30);
    }

    @Tag("nightly")
    @Test
    void whatWasAcknowledgedWasSyncedAtAnyMoment() throws Exception {
        cutThePower(150, 400);
    }

    private void cutThePower(int changes, int cuts) throws Exception {
        Path home = dir.resolve("store");
        var ledger = new Ledger();
        try (var store = RocksMailStore.open(home, BusyProcess.settings())) {
            ledger.begin(store);
        }
        var disk = new DiskImage(home);
        disk.adopt();
        List<Moment> moments = Moment.all(trace(home, changes));
        var random = new Random();
        var places = places(moments, cuts, random);
        for (int at = 0; at < moments.size(); at++) {
            pass(moments.get(at), ledger, disk);
            if (places.contains(at)) check(ledger, disk, at, random);
        }
        assertEquals((long) changes * BusyProcess.ACTORS, ledger.acknowledged());
    }

    private List<Call> trace(Path home, int changes) throws Exception {
        Path log = dir.resolve("strace.log");
        var process = BusyProcess.start(home, 1, changes, Moment.strace(log));
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return SyscallLog.read(log);
    }

    /** Where the power is cut: when an acknowledgement has just left, mostly. */
    private static Set<Integer> places(List<Moment> moments, int cuts, Random random) {
        List<Integer> answers = new ArrayList<>();
        for (int at = 0; at < moments.size(); at++) {
            if (moments.get(at).begins() && line(moments.get(at).call()).startsWith("DONE")) {
                answers.add(at);
            }
        }
        Collections.shuffle(answers, random);
        var places = new TreeSet<>(answers.subList(0, cuts));
        for (int i = 0; i < cuts / 5; i++) places.add(random.nextInt(moments.size()));
        return places;
    }

    private static String line(Call call) {
        if (!call.name().equals("write") || !call.path().startsWith("pipe")) return "";
        return new String(call.data(), StandardCharsets.US_ASCII).strip();
    }

    /** A line is read by others as soon as its write begins. */
    private static void pass(Moment moment, Ledger ledger, DiskImage disk) {
        if (moment.begins()) ledger.note(line(moment.call()));
        moment.pass(disk);
    }

    private void check(Ledger ledger, DiskImage disk, int at, Random random) throws Exception {
        Path synced = dir.resolve("synced" + at);
        disk.synced(synced);
        check(ledger, synced);
        Path torn = dir.resolve("torn" + at);
        disk.torn(torn, random);
        check(ledger, torn);
    }

    private static void check(Ledger ledger, Path image) throws Exception {
        try (var store = RocksMailStore.open(image, BusyProcess.settings())) {
            ledger.copy().verify(store);
        } catch (StoreException | IOException e) {
            throw new AssertionError(image.getFileName().toString(), e);
        }
    }
}
