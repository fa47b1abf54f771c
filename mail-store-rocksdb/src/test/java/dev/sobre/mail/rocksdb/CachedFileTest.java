package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is in memory is read, and nothing else: there is no waiting. */
@EnabledOnOs(OS.LINUX)
class CachedFileTest {

    private static final byte[] OCTETS = Mails.body(1, 100_000);

    // Not where temporary files are, which may be a file system that has no disk.
    @TempDir(factory = OnDisk.class)
    Path dir;

    private Path path;

    @BeforeEach
    void write() throws Exception {
        PageCache.require(dir);
        path = Files.write(dir.resolve("file"), OCTETS);
    }

    @Test
    void whatIsInMemoryIsRead() {
        var random = new Random(1);
        try (var file = CachedFile.open(path).orElseThrow()) {
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(OCTETS.length);
                int room = random.nextInt(40_000);
                var into = i % 2 == 0 ? ByteBuffer.allocate(room) : ByteBuffer.allocateDirect(room);
                int before = random.nextInt(room + 1);
                into.position(before);
                int most = Math.min(room - before, OCTETS.length - from);
                assertEquals(most, file.read(into, from));
                assertEquals(before + most, into.position());
                byte[] got = new byte[most];
                into.get(before, got);
                assertArrayEquals(Arrays.copyOfRange(OCTETS, from, from + most), got);
            }
        }
    }

    @Test
    void thereIsNothingBehindTheEnd() {
        try (var file = CachedFile.open(path).orElseThrow()) {
            for (long from : new long[] {OCTETS.length, OCTETS.length + 1, 1L << 40}) {
                assertEquals(0, file.read(ByteBuffer.allocate(10), from));
            }
        }
    }

    @Test
    void whatIsNotInMemoryIsNotRead() throws Throwable {
        PageCache.drop(path);
        try (var file = CachedFile.open(path).orElseThrow()) {
            var into = ByteBuffer.allocateDirect(OCTETS.length);
            assertEquals(0, file.read(into, 0));
            assertEquals(0, into.position());
            assertEquals(OCTETS.length, Files.readAllBytes(path).length);
            assertEquals(OCTETS.length, file.read(into, 0));
        }
    }

    @Test
    void aFileIsOpenedWhateverItsNameHas() throws Exception {
        for (String name : new String[] {"with space", "%s", "a\"b", encodable("r\u00e4ume")}) {
            try (var file = CachedFile.open(Files.write(dir.resolve(name), OCTETS)).orElseThrow()) {
                assertEquals(10, file.read(ByteBuffer.allocate(10), 0));
            }
        }
    }

    /** A name, or where this process can't say such names another one. */
    private static String encodable(String name) {
        var encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return encoding.newEncoder().canEncode(name) ? name : "name";
    }

    @Test
    void aFileThatIsNotThereIsNotOpened() {
        assertTrue(CachedFile.open(dir.resolve("nothing")).isEmpty());
    }

    /** The number of a descriptor is given to the next file at once. */
    @Test
    void nobodyReadsAnotherFileOnceItIsClosed() throws Exception {
        var other = Files.write(dir.resolve("other"), new byte[OCTETS.length]);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int time = 0; time < 300; time++) {
                var file = CachedFile.open(path).orElseThrow();
                List<Future<Boolean>> readers = new ArrayList<>();
                for (int i = 0; i < 4; i++) readers.add(threads.submit(() -> readAll(file)));
                file.close();
                file.close();
                try (var next = CachedFile.open(other).orElseThrow()) {
                    assertEquals(10, next.read(ByteBuffer.allocate(10), 0));
                    for (var reader : readers) assertTrue(reader.get());
                }
                assertEquals(0, file.read(ByteBuffer.allocate(10), 0));
            }
        }
    }

    /** Reads until there is nothing more; says whether all was of the file. */
    private static boolean readAll(CachedFile file) {
        while (true) {
            var into = ByteBuffer.allocateDirect(8192);
            if (file.read(into, 0) == 0) return true;
            if (into.flip().mismatch(ByteBuffer.wrap(OCTETS, 0, 8192)) >= 0) return false;
        }
    }
}
