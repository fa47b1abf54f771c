package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.buffer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.TooLarge;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.mime.MimeParser;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies come back octet by octet. */
interface BodyRules extends StoreUnderTest {

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 65_536, 131_072, 131_073, 5_000_000})
    default void aBodyComesBackAsItCame(int length) throws Exception {
        byte[] octets = random(length);
        try (var sink = store().sink(length)) {
            for (int at = 0; at < length; at += 10_000) {
                sink.write(ByteBuffer.wrap(octets, at, Math.min(10_000, length - at)));
            }
            assertEquals(length, sink.length());
            var mail = new Delivery(DeliveryId.random(), sink.finish(), Flags.NONE, DATE);
            store().append(inbox(), List.of(mail));
        }
        reopen();
        var message = messages(inbox()).getFirst();
        assertEquals(length, message.size());
        assertEquals(length, message.body().length());
        assertArrayEquals(octets, Dump.octets(store(), message.body()));
        assertEquals(MimeParser.parse(BlobReader.of(octets)), message.structure());
    }

    @Test
    default void aBodyIsReadFromAnywhere() throws Exception {
        byte[] octets = random(300_000);
        var ref = stored(BlobSource.Bytes.of(octets));
        assertEquals(octets.length, ref.length());
        try (var reader = store().open(ref)) {
            assertEquals(octets.length, reader.length());
            for (int at : new int[] {0, 1, 65_535, 131_071, 299_999}) {
                ByteBuffer one = ByteBuffer.allocateDirect(1);
                assertEquals(1, reader.read(at, one));
                assertEquals(octets[at], one.get(0));
            }
            ByteBuffer tail = ByteBuffer.allocate(100);
            int read = 0;
            while (read >= 0) read = reader.read(299_990 + tail.position(), tail);
            assertEquals(10, tail.position());
            assertEquals(-1, reader.read(300_000, ByteBuffer.allocate(1)));
        }
    }

    private BlobRef stored(BlobSource body) {
        store().append(inbox(), List.of(new Delivery(DeliveryId.random(), body, Flags.NONE, DATE)));
        return messages(inbox()).getFirst().body();
    }

    @Test
    default void anOpenBodyOutlivesItsMessage() throws Exception {
        var uid = append(inbox(), "body", Flag.DELETED).uid();
        try (var reader = store().open(message(inbox(), uid).body())) {
            store().expunge(inbox(), UidSet.ALL);
            ByteBuffer octets = ByteBuffer.allocate(4);
            assertEquals(4, reader.read(0, octets));
        }
    }

    @Test
    default void aBodyInAFileIsTakenFromThere(@TempDir Path directory) throws Exception {
        byte[] octets = random(200_000);
        Path file = Files.write(directory.resolve("incoming"), octets);
        var ref = stored(new BlobSource.InFile(file, 100, 150_000));
        byte[] expected = Arrays.copyOfRange(octets, 100, 150_100);
        assertArrayEquals(expected, Dump.octets(store(), ref));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200_000})
    default void aSinkHasALimit(int limit) throws Exception {
        try (var sink = store().sink(limit)) {
            sink.write(buffer(new byte[limit]));
            var e = assertThrows(TooLarge.class, () -> sink.write(buffer(new byte[1])));
            assertEquals(limit, e.limit());
            assertThrows(TooLarge.class, () -> sink.write(buffer(new byte[1])));
        }
    }

    @Test
    default void aSinkThatIsClosedLeavesNothing() throws Exception {
        try (var sink = store().sink(1_000_000)) {
            sink.write(buffer(new byte[300_000]));
        }
        try (var sink = store().sink(1_000_000)) {
            sink.write(buffer(new byte[300_000]));
            assertEquals(300_000, sink.finish().length());
        }
        assertEquals(0, store().state(inbox()).messages());
    }
}
