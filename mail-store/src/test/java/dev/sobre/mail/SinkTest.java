package dev.sobre.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkTest {

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "100,0", "101,1", "100000,1"})
    void whatIsSmallStaysInMemory(int length, int files) throws IOException {
        byte[] octets = random(length);
        try (var sink = new SpillingSink(directory, 100, 16, length)) {
            for (int at = 0; at < length; at += 7) {
                sink.write(ByteBuffer.wrap(octets, at, Math.min(7, length - at)));
            }
            assertEquals(length, sink.length());
            assertEquals(files, files());
            assertArrayEquals(octets, octets(sink.finish()));
        }
        assertEquals(0, files());
    }

    @Test
    void aFileLeavesRoomForTheStore() throws IOException {
        try (var sink = new SpillingSink(directory, 0, 16, 100)) {
            sink.write(ByteBuffer.wrap(random(10)));
            var file = assertInstanceOf(BlobSource.InFile.class, sink.finish());
            assertEquals(16, file.start());
            assertEquals(26, Files.size(file.path()));
        }
    }

    @Test
    void anAdoptedFileIsLeftAlone() throws IOException {
        Path adopted = directory.resolve("adopted");
        try (var sink = new SpillingSink(directory, 0, 0, 100)) {
            sink.write(ByteBuffer.wrap(random(10)));
            Files.move(assertInstanceOf(BlobSource.InFile.class, sink.finish()).path(), adopted);
        }
        assertEquals(10, Files.size(adopted));
    }

    @Test
    void pastTheLimitEverythingIsDropped() throws IOException {
        try (var sink = new SpillingSink(directory, 100, 0, 1000)) {
            sink.write(ByteBuffer.wrap(random(1000)));
            assertEquals(1, files());
            assertThrows(TooLarge.class, () -> sink.write(ByteBuffer.wrap(random(1))));
            assertEquals(0, files());
            sink.write(ByteBuffer.allocate(0));
            assertThrows(TooLarge.class, () -> sink.write(ByteBuffer.wrap(random(1))));
            assertEquals(0, files());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,``",
                "a,a",
                "r,rn",
                "n,rn",
                "rn,rn",
                "nr,rnrn",
                "rr,rnrn",
                "nn,rnrn",
                "rrn,rnrn",
                "rnn,rnrn",
                "arb,arnb",
                "anb,arnb",
                "arnb,arnb",
                "arnrnb,arnrnb",
                "arrnnb,arnrnrnb",
                "ar,arn",
            })
    void loneLineEndsBecomeWhole(String given, String expected) throws IOException {
        byte[] octets = wire(given);
        for (int split = 0; split <= octets.length; split++) {
            try (var sink = new CrlfNormaliser(new SpillingSink(directory, 100))) {
                sink.write(ByteBuffer.wrap(octets, 0, split));
                sink.write(ByteBuffer.wrap(octets, split, octets.length - split));
                assertArrayEquals(wire(expected), octets(sink.finish()), "split at " + split);
                assertEquals(expected.length(), sink.length());
            }
        }
    }

    @Test
    void theLimitHoldsForWhatComesOut() throws IOException {
        try (var sink = new CrlfNormaliser(new SpillingSink(directory, 10_000))) {
            sink.write(ByteBuffer.wrap("n".repeat(5_000).replace('n', '\n').getBytes(ISO_8859_1)));
            assertEquals(10_000, sink.finish().length());
        }
        try (var sink = new CrlfNormaliser(new SpillingSink(directory, 9_999))) {
            byte[] octets = new byte[5_000];
            Arrays.fill(octets, (byte) '\n');
            assertThrows(
                    TooLarge.class,
                    () -> {
                        sink.write(ByteBuffer.wrap(octets));
                        sink.finish();
                    });
        }
    }

    /** In these tables {@code r} is CR and {@code n} is LF. */
    private static byte[] wire(String text) {
        return text.replace('r', '\r').replace('n', '\n').getBytes(ISO_8859_1);
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static byte[] octets(BlobSource source) throws IOException {
        try (var reader = source.open()) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.length() + 1);
            int read = 0;
            while (read >= 0) read = reader.read(all.position(), all);
            return Arrays.copyOf(all.array(), all.position());
        }
    }

    private long files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }
}
