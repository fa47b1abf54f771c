package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ring of ticket keys over time. */
class TicketKeysTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    @TempDir Path home;

    @Test
    void aNewKeySealsAfterTwelveHoursAndNoneOpensAfterTwentyFour() {
        var keys = TicketKeys.inMemory(() -> now);
        String first = lines(keys).getFirst();
        later(Duration.ofHours(11));
        assertEquals(List.of(first), lines(keys));
        later(Duration.ofHours(1));
        assertEquals(2, lines(keys).size());
        assertNotEquals(first, lines(keys).getFirst());
        assertEquals(first, lines(keys).getLast());
        later(Duration.ofHours(12));
        assertFalse(lines(keys).contains(first));
        assertEquals(2, lines(keys).size());
    }

    @Test
    void afterALongSleepOnlyANewKeyIsLeft() {
        var keys = TicketKeys.inMemory(() -> now);
        String first = lines(keys).getFirst();
        later(Duration.ofDays(3));
        assertEquals(1, lines(keys).size());
        assertFalse(lines(keys).contains(first));
    }

    @Test
    void theFileIsTheOwnersAlone() throws Exception {
        Path file = home.resolve("tickets");
        TicketKeys.in(file, () -> now);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aRestartFindsTheSameKeysAndDropsOldOnes() throws Exception {
        Path file = home.resolve("tickets");
        var before = lines(TicketKeys.in(file, () -> now));
        assertEquals(before, lines(TicketKeys.in(file, () -> now)));
        later(Duration.ofHours(13));
        var next = lines(TicketKeys.in(file, () -> now));
        assertEquals(before.getFirst(), next.getLast());
        later(Duration.ofHours(12));
        assertFalse(lines(TicketKeys.in(file, () -> now)).contains(before.getFirst()));
    }

    @Test
    void aRunningServerWritesItsNewKey() throws Exception {
        Path file = home.resolve("tickets");
        var keys = TicketKeys.in(file, () -> now);
        later(Duration.ofHours(13));
        String fresh = lines(keys).getFirst();
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> Files.readAllLines(file).contains(fresh));
    }

    @Test
    void aBrokenFileIsNamedWithWhatToDo() throws Exception {
        Path file = home.resolve("tickets");
        Files.writeString(file, "not a key\n");
        var refused = assertThrows(PkiException.class, () -> TicketKeys.in(file, () -> now));
        assertTrue(refused.toString().contains(file.toString()), refused.toString());
        assertTrue(refused.toString().contains("delete it"), refused.toString());
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private static List<String> lines(TicketKeys keys) {
        return keys.ring().keys().stream().map(TicketKey::line).toList();
    }
}
