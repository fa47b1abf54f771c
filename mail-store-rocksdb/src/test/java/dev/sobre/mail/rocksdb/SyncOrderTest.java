package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LESSONS 20: kill -9 leaves what the kernel holds, so it can't show that anything was synced. The
 * order of the system calls can: bodies and the commit that refers to them, their fdatasync, and
 * only then the acknowledgement.
 */
class SyncOrderTest {

    private static final Set<String> WRITES = Set.of("write", "pwrite64", "writev", "pwritev");
    private static final int THREADS = 4;
    private static final int EACH = 52; // with one message that is long enough for its own file

    @TempDir Path dir;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    @Test
    void noAcknowledgementLeavesBeforeItsSync() throws Exception {
        List<Call> calls = trace();
        int checked = 0;
        for (Call ack : calls) {
            var acknowledged = acknowledged(ack);
            if (acknowledged.isEmpty()) continue;
            check(calls, ack, octets(acknowledged.get().id()));
            checked++;
        }
        assertEquals(THREADS * EACH, checked);
    }

    private List<Call> trace() throws Exception {
        Path log = dir.resolve("strace.log");
        String[] strace =
                Strace.command(
                        log,
                        "-y",
                        "-xx",
                        "-s",
                        "2000000",
                        "-e",
                        "trace=write,pwrite64,writev,pwritev,fsync,fdatasync,rename");
        var child = LoadedChild.start(dir.resolve("store"), 0, THREADS, EACH, strace);
        child.getInputStream().readAllBytes();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
        return SyscallLog.read(log);
    }

    /** What a killed process left may be in the kernel's memory only: nothing is built on that. */
    @Test
    void whatIsReadAgainIsSyncedBeforeAnythingIsWritten() throws Exception {
        Path killed = dir.resolve("store");
        try (var store = RocksMailStore.open(dir.resolve("original"))) {
            var inbox = Mails.account(store, "ann@example.org");
            store.append(inbox, List.of(Mails.delivery(Mails.body(1, 500))));
            Copies.copy(dir.resolve("original"), killed);
        }
        List<Call> calls = trace();
        Call first =
                calls.stream()
                        .filter(c -> WRITES.contains(c.name()) && c.path().endsWith(".seg"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(
                calls.stream()
                        .filter(c -> c.name().equals("fdatasync"))
                        .anyMatch(c -> c.path().endsWith("00000001.seg") && c.endedBefore(first)));
    }

    private static Optional<LoadedChild.Ack> acknowledged(Call call) {
        if (!call.name().equals("write") || !call.path().contains("pipe")) return Optional.empty();
        String line = new String(call.data(), StandardCharsets.US_ASCII);
        return LoadedChild.Ack.parse(line.strip()).findFirst();
    }

    /** Walks the chain from the body to the acknowledgement, each call ended before the next. */
    private static void check(List<Call> calls, Call ack, byte[] id) {
        Call commit = write(calls, ".seg", id).orElseThrow();
        Call sync = sync(calls, commit, "fdatasync", commit.path());
        assertTrue(sync.endedBefore(ack), "all is durable before the acknowledgement");
        write(calls, ".in", id).ifPresent(body -> checkAdoption(calls, body, commit));
        checkEntry(calls, commit, ack);
    }

    /** A file of its own is renamed once it is durable, and its new name is made durable. */
    private static void checkAdoption(List<Call> calls, Call body, Call commit) {
        Call bodySync = sync(calls, body, "fdatasync", body.path());
        Call rename =
                calls.stream()
                        .filter(c -> c.name().equals("rename") && bodySync.endedBefore(c))
                        .filter(c -> c.carries(bodySync.path().getBytes(StandardCharsets.UTF_8)))
                        .findFirst()
                        .orElseThrow();
        Call entry = sync(calls, rename, "fsync", "incoming");
        assertTrue(entry.endedBefore(commit), "the new name is durable before what refers to it");
    }

    /** A new segment's name is durable before anything in it is acknowledged. */
    private static void checkEntry(List<Call> calls, Call commit, Call ack) {
        assertTrue(
                calls.stream()
                        .anyMatch(
                                c ->
                                        c.name().equals("fsync")
                                                && c.path().endsWith("segments")
                                                && c.endedBefore(ack)),
                () -> "an fsync of the directory before " + commit.path() + " is used");
    }

    private static Optional<Call> write(List<Call> calls, String suffix, byte[] octets) {
        return calls.stream()
                .filter(c -> WRITES.contains(c.name()) && c.path().endsWith(suffix))
                .filter(c -> c.carries(octets))
                .findFirst();
    }

    /** Of the syncs of a file that began after a call had ended the one that ended first. */
    private static Call sync(List<Call> calls, Call after, String name, String path) {
        return calls.stream()
                .filter(c -> c.name().equals(name) && c.path().endsWith(path))
                .filter(after::endedBefore)
                .min(Comparator.comparingInt(Call::end))
                .orElseThrow(() -> new AssertionError("no " + name + " of " + path));
    }

    private static byte[] octets(DeliveryId id) {
        return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
    }
}
