package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.Finding.Kind;
import dev.sobre.mail.rocksdb.Finding.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LESSONS 21: whichever octet of whichever file is flipped, the check finds it and says where, or
 * all can be read as before; and messages that were not hit are not lost.
 */
class FlippedOctetTest {

    private static final int PER_KIND = 12;

    @TempDir static Path dir;
    private static Path killed = Path.of("");
    private static Contents before = new Contents(Map.of());

    @BeforeAll
    static void makeStores() throws IOException {
        try (var store = DamagedStore.make(dir.resolve("open"))) {
            before = Contents.of(store);
            killed = Copies.copy(dir.resolve("open"), dir.resolve("killed"));
        }
        assertFalse(before.texts().containsKey(Contents.UNREADABLE));
    }

    private static List<Path> files(String where, String pattern) throws IOException {
        return Copies.files(killed.resolve(where), pattern);
    }

    @Test
    void inSegments() throws Exception {
        var files = new ArrayList<>(files("segments", "*.seg"));
        files.addAll(files("incoming", "*.seg"));
        assertTrue(files.size() > 5);
        for (int i = 0; i < 3; i++) flipSomewhere(files);
    }

    @Test
    void atTheBeginningsOfSegments() throws Exception {
        for (Path file : files("segments", "*.seg")) {
            var random = new Random();
            flip(file, random.nextInt(SegmentFormat.FILE_HEAD));
            flip(file, SegmentFormat.FILE_HEAD + random.nextInt(SegmentFormat.HEAD));
        }
    }

    @Test
    void inTables() throws Exception {
        var files = files("meta", "*.sst");
        assertFalse(files.isEmpty(), "the write buffer is small enough");
        flipSomewhere(files);
    }

    @Test
    void inTheListOfFiles() throws Exception {
        flipSomewhere(files("meta", "MANIFEST-*"));
    }

    @Test
    void inSmallFiles() throws Exception {
        flipSomewhere(files("meta", "CURRENT"));
        flipSomewhere(files("meta", "IDENTITY"));
        flipSomewhere(files("meta", "OPTIONS-*"));
        flipSomewhere(files(".", "FORMAT"));
        flipSomewhere(files(".", "END"));
    }

    private void flipSomewhere(List<Path> files) throws IOException {
        var random = new Random();
        for (int i = 0; i < PER_KIND; i++) {
            Path file = files.get(random.nextInt(files.size()));
            if (Files.size(file) > 0) flip(file, random.nextLong(Files.size(file)));
        }
    }

    private void flip(Path file, long at) throws IOException {
        String name = killed.relativize(file).normalize().toString();
        String hit = name + " at octet " + at;
        Path store = Copies.copy(killed, Files.createTempDirectory(dir, "flipped"));
        Copies.flip(store.resolve(name), at);
        List<Finding> found = CheckTest.check(store);
        try (var open = RocksMailStore.open(store)) {
            compare(hit, Contents.of(open), found);
        } catch (StoreException e) {
            assertTrue(names(found, name), () -> hit + ": not opened, found " + found);
        }
    }

    private static boolean names(List<Finding> found, String file) {
        return found.stream().anyMatch(f -> f.subject().equals(new Subject.InFile(file)));
    }

    private void compare(String hit, Contents after, List<Finding> found) {
        boolean marked = hit.startsWith("FORMAT") || hit.startsWith("END");
        assertTrue(!marked || !found.isEmpty(), hit);
        if (found.isEmpty()) assertEquals(before, after, hit);
        // The last commit may have been torn: it is passed over.
        if (found.stream().anyMatch(f -> f.kind() == Kind.TORN_SEGMENT)) return;
        var expected = new HashMap<>(before.messages());
        for (var finding : found) {
            boolean isLost = finding.kind() == Kind.BODY;
            if (!isLost || !(finding.subject() instanceof Subject.OfMessage lost)) continue;
            assertTrue(after.messages().values().removeIf(m -> is(m, lost)), finding::toString);
            expected.values().removeIf(m -> is(m, lost));
        }
        if (found.stream().anyMatch(f -> f.kind() == Kind.METADATA_FILE)) {
            // What can't be read is said to be damaged; a repair is to find the others.
            expected.keySet().retainAll(after.messages().keySet());
        }
        assertEquals(expected, after.messages(), () -> hit + ", found " + found);
    }

    private static boolean is(Contents.Kept kept, Subject.OfMessage message) {
        return kept.mailbox().equals(message.mailbox()) && kept.uid() == message.uid();
    }
}
