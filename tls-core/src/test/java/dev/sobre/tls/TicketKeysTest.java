package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ring of ticket keys over time, on one machine and on several. */
class TicketKeysTest {
    private static final TicketSchedule HALF_DAYS = TicketSchedule.standard();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Path file;
    @TempDir Path home;

    @BeforeEach
    void setUp() {
        file = home.resolve("tickets");
    }

    @Test
    void aKeyIsKnownAnHourBeforeItSealsAndOpensUntilTwentyFourHoursAfter() {
        var keys = TicketKeys.inMemory(HALF_DAYS, () -> now);
        String first = lines(keys).getFirst();
        later(Duration.ofHours(10));
        assertEquals(List.of(first), lines(keys));
        later(Duration.ofHours(1));
        assertEquals(first, lines(keys).getFirst());
        assertEquals(2, lines(keys).size());
        String second = lines(keys).getLast();
        later(Duration.ofHours(1));
        assertEquals(List.of(second, first), lines(keys));
        later(Duration.ofHours(12).minusSeconds(1));
        assertTrue(lines(keys).contains(first));
        later(Duration.ofSeconds(1));
        assertFalse(lines(keys).contains(first));
        assertTrue(lines(keys).contains(second));
    }

    @Test
    void theScheduleIsASetting() {
        var quick = new TicketSchedule(Duration.ofMinutes(2), Duration.ofMinutes(10));
        var keys = TicketKeys.inMemory(quick, () -> now);
        String first = lines(keys).getFirst();
        for (int minute = 0; minute < 10; minute += 2) {
            assertTrue(lines(keys).contains(first));
            later(Duration.ofMinutes(2));
        }
        assertFalse(lines(keys).contains(first));
        assertEquals(5, lines(keys).size());
    }

    @Test
    void aScheduleThatWouldLeaveClientsWithoutSessionsIsRefused() {
        var hour = Duration.ofHours(1);
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new TicketSchedule(hour, hour.plusMinutes(59)));
        assertTrue(refused.toString().contains("twice"), refused.toString());
        assertThrows(
                IllegalArgumentException.class, () -> new TicketSchedule(hour, Duration.ofDays(8)));
    }

    @Test
    void afterALongSleepOnlyANewKeyIsLeft() {
        var keys = TicketKeys.inMemory(HALF_DAYS, () -> now);
        String first = lines(keys).getFirst();
        later(Duration.ofDays(3));
        assertEquals(1, lines(keys).size());
        assertFalse(lines(keys).contains(first));
    }

    @Test
    void nothingIsReckonedWhileNothingChanges() {
        var keys = TicketKeys.inMemory(HALF_DAYS, () -> now);
        var ring = keys.ring();
        later(Duration.ofHours(10));
        assertSame(ring, keys.ring());
    }

    @Test
    void theFileIsTheOwnersAlone() throws Exception {
        TicketKeys.in(file, HALF_DAYS, () -> now);
        assertEquals("rw-------", permissions(file));
        assertEquals("rw-------", permissions(home.resolve("tickets.lock")));
    }

    @Test
    void aRestartFindsTheSameKeysAndDropsOldOnes() throws Exception {
        String first = lines(open()).getFirst();
        later(Duration.ofHours(13));
        var second = lines(open()); // late, and still a key is known before it seals
        assertEquals(2, second.size());
        assertEquals(first, second.getFirst());
        later(Duration.ofHours(1));
        assertEquals(second.reversed(), lines(open()));
        later(Duration.ofHours(10));
        assertFalse(lines(open()).contains(first));
    }

    @Test
    void allWhoShareAFileHaveOneRingAndTheFirstMakesTheNextKey() throws Exception {
        var one = open();
        var two = open();
        assertEquals(lines(one), lines(two));
        later(Duration.ofHours(11));
        one.refresh();
        two.refresh();
        assertEquals(2, lines(one).size());
        assertEquals(lines(one), lines(two));
        later(Duration.ofHours(1));
        assertEquals(lines(one), lines(two)); // the new one seals on both, without a look
    }

    @Test
    void machinesWhoseClocksDifferOpenWhatTheOthersSeal() throws Exception {
        var apart = Duration.ofMinutes(50);
        var one = open();
        var two = TicketKeys.in(file, HALF_DAYS, () -> now.minus(apart));
        for (int minute = 0; minute < 3 * 24 * 60; minute += 5) {
            one.refresh();
            two.refresh();
            assertTrue(lines(one).contains(lines(two).getFirst()), "at minute " + minute);
            assertTrue(lines(two).contains(lines(one).getFirst()), "at minute " + minute);
            later(Duration.ofMinutes(5));
        }
    }

    @Test
    void aKeyFromFarAheadIsOfNoUse() throws Exception {
        TicketKeys.in(file, HALF_DAYS, () -> now.plus(Duration.ofDays(300)));
        String ahead = Files.readAllLines(file).getLast();
        var keys = lines(open());
        assertEquals(1, keys.size());
        assertFalse(keys.contains(ahead));
    }

    @Test
    void aFileThatCannotBeWrittenIsUsedAsItIs() throws Exception {
        String first = lines(open()).getFirst();
        Files.delete(home.resolve("tickets.lock"));
        Files.createDirectory(home.resolve("tickets.lock")); // no lock, so no new key
        later(Duration.ofHours(13));
        var keys = open();
        assertEquals(List.of(first), lines(keys));
        later(Duration.ofHours(12)); // it is dead, and sessions go on with a key in memory
        keys.refresh();
        assertEquals(1, lines(keys).size());
        assertNotEquals(first, lines(keys).getFirst());
    }

    @Test
    void aRunningServerLooksAtItsFile() throws Exception {
        var quick = new TicketSchedule(Duration.ofSeconds(12), Duration.ofSeconds(24));
        var keys = TicketKeys.in(file, quick);
        Files.delete(file);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> Files.exists(file));
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> Files.readAllLines(file).contains(lines(keys).getFirst()));
    }

    @Test
    void aBrokenFileIsNamedWithWhatToDo() throws Exception {
        Files.writeString(file, "not a key\n");
        var refused = assertThrows(PkiException.class, this::open);
        assertTrue(refused.toString().contains(file.toString()), refused.toString());
        assertTrue(refused.toString().contains("delete it"), refused.toString());
    }

    @Test
    void aFileThatBreaksWhileTheServerRunsChangesNothing() throws Exception {
        var keys = open();
        var before = lines(keys);
        Files.writeString(file, "0 00\n");
        keys.refresh();
        assertEquals(before, lines(keys));
    }

    @Test
    void keysThatAreDerivedAreTheSameWhereSecretAndScheduleAre() {
        byte[] secret = "thirty-two bytes of good secrets".getBytes(US_ASCII);
        var one = TicketKeys.derivedFrom(secret, HALF_DAYS, () -> now);
        InstantSource behind = () -> now.minus(Duration.ofMinutes(50));
        var two = TicketKeys.derivedFrom(secret.clone(), HALF_DAYS, behind);
        var seen = new java.util.HashSet<String>();
        for (int hour = 0; hour < 72; hour++) {
            assertTrue(lines(one).contains(lines(two).getFirst()), "in hour " + hour);
            assertTrue(lines(two).contains(lines(one).getFirst()), "in hour " + hour);
            seen.add(lines(one).getFirst());
            later(Duration.ofHours(1));
        }
        assertEquals(6, seen.size());
        assertEquals(3, lines(one).size()); // of now, of the next half day, of the last one
        secret[0]++;
        var other = TicketKeys.derivedFrom(secret, HALF_DAYS, () -> now);
        assertFalse(lines(one).contains(lines(other).getFirst()));
    }

    @Test
    void tooShortASecretIsRefused() throws Exception {
        Files.writeString(file, "hunter2");
        var refused =
                assertThrows(PkiException.class, () -> TicketKeys.derivedFrom(file, HALF_DAYS));
        assertTrue(refused.toString().contains("32 random bytes"), refused.toString());
        assertFalse(refused.toString().contains("hunter2"), refused.toString());
    }

    @Test
    void whatIsToldOfKeysIsNoSecret() {
        var keys = TicketKeys.inMemory(HALF_DAYS, () -> now);
        var facts = keys.facts().getFirst();
        assertEquals(8, facts.name().length());
        assertTrue(facts.seals());
        assertEquals(now.plus(Duration.ofHours(24)), facts.until());
    }

    private TicketKeys open() throws PkiException {
        return TicketKeys.in(file, HALF_DAYS, () -> now);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private static List<String> lines(TicketKeys keys) {
        return keys.ring().keys().stream().map(TicketKey::line).toList();
    }

    private static String permissions(Path of) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
    }
}
