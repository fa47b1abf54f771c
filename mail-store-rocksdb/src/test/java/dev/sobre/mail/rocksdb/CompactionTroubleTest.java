package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A compaction that finds no room harms nothing. */
class CompactionTroubleTest {

    private static final int MIB = 1 << 20;
    private static final int MESSAGES = 100;

    @RegisterExtension private final SmallDisk disk = new SmallDisk(64);
    private final Steps steps = new Steps();

    private RocksMailStore open(int deadPercent) {
        var how = new StoreSettings.Compaction(deadPercent, 1 << 30);
        var settings =
                StoreSettings.small()
                        .withWriteBufferOctets(MIB)
                        .withSegmentOctets(4 * MIB)
                        .withCompaction(how);
        return RocksMailStore.open(disk.resolve("store"), settings, steps);
    }

    private static MailboxId fill(RocksMailStore store) {
        MailboxId inbox = Mails.account(store, "ann@example.org");
        for (int i = 1; i <= MESSAGES; i++) deliver(store, inbox, i);
        return inbox;
    }

    private static void deliver(RocksMailStore store, MailboxId inbox, int seed) {
        store.append(inbox, List.of(Mails.delivery(Mails.body(seed, 100_000))));
    }

    private static void expunge(RocksMailStore store, MailboxId inbox, UidSet uids) {
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, uids, deleted, Long.MAX_VALUE);
        store.expunge(inbox, uids);
    }

    private static UidSet even() {
        List<Long> uids = new ArrayList<>();
        for (long uid = 2; uid <= MESSAGES; uid += 2) uids.add(uid);
        return UidSet.of(uids);
    }

    private static void verify(RocksMailStore store, MailboxId inbox) throws IOException {
        for (var message : Mails.all(store, inbox)) {
            byte[] body = Mails.read(store, message);
            assertArrayEquals(Mails.body(message.uid(), 100_000), body);
        }
    }

    private Path ballast() {
        return disk.resolve("ballast");
    }

    private void leave(long octets) throws IOException {
        try (var out = Files.newOutputStream(ballast())) {
            for (long left = disk.free() - octets; left > 0; left -= MIB) {
                out.write(new byte[(int) Math.min(MIB, left)]);
            }
        }
    }

    @Test
    void withoutRoomItWaitsAndMailGoesOn() throws Exception {
        try (var log = new LogLines(Upkeep.class);
                var store = open(40)) {
            MailboxId inbox = fill(store);
            leave(10 * MIB);
            expunge(store, inbox, even());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !log.lines().isEmpty());
            assertTrue(log.lines().getFirst().contains("mail goes on: the disk has too little"));
            assertEquals(10, Math.round(store.stats().segmentOctets() / (double) MIB));
            deliver(store, inbox, MESSAGES + 1);
            verify(store, inbox);
            assertEquals(1, log.lines().size(), "said once");

            Files.delete(ballast());
            expunge(store, inbox, UidSet.of(1));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> store.stats().segmentOctets() < 7 * MIB);
            verify(store, inbox);
        }
    }

    @Test
    void theDiskFillsUpInTheMiddle() throws Exception {
        try (var store = open(100)) {
            MailboxId inbox = fill(store);
            expunge(store, inbox, even());
            steps.at(
                    3,
                    () -> {
                        try {
                            leave(0);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
            var e = assertThrows(StoreException.class, () -> store.compact(_ -> {}));
            assertEquals(Reason.FULL, e.reason());
            assertEquals(0, Copies.files(disk.resolve("store/incoming"), "*").size());
            verify(store, inbox);
            Files.delete(ballast());
            deliver(store, inbox, MESSAGES + 1);
            long freed = store.compact(_ -> {}).freedOctets();
            assertTrue(freed > 3 * MIB);
            verify(store, inbox);
        }
    }
}
