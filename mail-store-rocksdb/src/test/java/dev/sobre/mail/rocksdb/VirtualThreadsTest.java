package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual threads, whose carriers may be event loops, never wait for the disk. */
@EnabledOnOs(OS.LINUX)
class VirtualThreadsTest {

    @TempDir(factory = OnDisk.class)
    Path dir;

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 128 << 10}) // octets that stay in memory: small mail has a file, or not
    void mailIsReadAndWrittenByOthers(int inline) throws Throwable {
        var settings = StoreSettings.small().withDisk(new StoreSettings.Disk(1 << 26, inline, 10));
        try (var waits = DiskWaits.in(dir)) {
            try (var store = RocksMailStore.open(dir, settings)) {
                onVirtualThread(() -> SessionWork.deliver(store));
                onVirtualThread(() -> SessionWork.read(store)); // in memory
                forget();
                onVirtualThread(() -> SessionWork.read(store));
                onVirtualThread(() -> SessionWork.refuse(store));
                onVirtualThread(() -> SessionWork.change(store));
            }
            assertEquals(List.of(), waits.ofThreads(true));
        }
    }

    /** Otherwise the tests beside this one would show nothing. */
    @Test
    void itIsSeenWhoWaits() throws Exception {
        Files.write(dir.resolve("file"), Mails.body(1, 100));
        try (var waits = DiskWaits.in(dir)) {
            onVirtualThread(() -> Files.readAllBytes(dir.resolve("file")));
            assertEquals(1, waits.ofThreads(true).stream().distinct().count());
        }
    }

    /**
     * Asked not to wait, Linux begins to read, and on a busy machine may be done: hardly always.
     */
    @Test
    void whatIsNotInMemoryIsReadByAnotherThread() throws Throwable {
        PageCache.require(dir);
        try (var store = RocksMailStore.open(dir)) {
            var message = Mails.all(store, onVirtualThread(() -> SessionWork.deliver(store)));
            try (var waits = DiskWaits.in(dir)) {
                for (int time = 0; time < 10; time++) {
                    forget();
                    onVirtualThread(() -> Mails.read(store, message.getFirst()));
                }
                assertTrue(
                        waits.ofThreads(false).stream()
                                .anyMatch(VirtualThreadsTest::isReadOfSegment));
            }
            try (var waits = DiskWaits.in(dir)) {
                onVirtualThread(() -> Mails.read(store, message.getFirst()));
                assertEquals(List.of(), waits.ofThreads(false)); // it is in memory now
            }
        }
    }

    /** The channel that an interrupted platform thread would close is read by another thread. */
    @Test
    void anInterruptedReaderGetsWhatItAskedFor() throws Throwable {
        try (var store = RocksMailStore.open(dir)) {
            var message = Mails.all(store, onVirtualThread(() -> SessionWork.deliver(store)));
            for (int time = 0; time < 2; time++) { // not in memory, and in memory
                if (time == 0) forget();
                onVirtualThread(
                        () -> {
                            Thread.currentThread().interrupt();
                            assertArrayEquals(
                                    SessionWork.LARGE, Mails.read(store, message.getFirst()));
                            assertTrue(Thread.interrupted());
                            return message;
                        });
            }
        }
    }

    @Test
    void aStoreThatIsClosedIsNotRead() throws Throwable {
        var store = RocksMailStore.open(dir);
        var message = Mails.all(store, onVirtualThread(() -> SessionWork.deliver(store)));
        try (var reader = store.open(message.getFirst().body())) {
            var into = ByteBuffer.allocate(10);
            assertEquals(10, onVirtualThread(() -> reader.read(0, into)));
            store.close();
            onVirtualThread(
                    () ->
                            assertThrows(
                                    IOException.class,
                                    () -> reader.read(500_000, ByteBuffer.allocate(10))));
        }
    }

    /** Nor does RocksDB on such a thread; and directories and names are others' business, too. */
    @Test
    void theirCarrierTouchesNoFileButWithoutWaiting() throws Exception {
        PageCache.require(dir);
        Strace.require();
        Path log = dir.resolve("strace.log");
        Path store = Files.createDirectory(dir.resolve("store")).toAbsolutePath();
        String[] strace = Strace.command(log, "-y", "-xx", "-s", "200", "-e", "trace=%file,%desc");
        var child = LoopChild.start(store, strace);
        child.getInputStream().readAllBytes();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
        List<Call> calls = SyscallLog.read(log);
        byte[] mark = LoopChild.MARK.getBytes(StandardCharsets.US_ASCII);
        int loop = calls.stream().filter(c -> c.carries(mark)).findFirst().orElseThrow().thread();
        List<Call> ofStore = calls.stream().filter(c -> path(c).startsWith(store + "/")).toList();
        assertNotEquals(List.of(), ofStore);
        assertEquals(
                Set.of("preadv2"),
                ofStore.stream()
                        .filter(c -> c.thread() == loop)
                        .map(Call::name)
                        .filter(
                                name ->
                                        !name.equals(
                                                "close")) // of a file that was read, or is gone
                        .collect(Collectors.toSet()));
    }

    private static boolean isReadOfSegment(String event) {
        return event.startsWith("jdk.FileRead ") && event.endsWith(".seg");
    }

    private static String path(Call call) {
        return call.path().isEmpty()
                ? new String(call.data(), StandardCharsets.UTF_8)
                : call.path();
    }

    /** Has Linux forget all mail; what is on its way to the segments would be passed over. */
    private void forget() throws Throwable {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Copies.files(dir.resolve("incoming"), "*").isEmpty());
        for (Path segment : Copies.segments(dir)) PageCache.drop(segment);
    }

    private static <T> T onVirtualThread(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        }
    }
}
