package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.archive.Form;
import dev.sobre.mail.archive.Import;
import dev.sobre.mail.archive.Summary;
import dev.sobre.mail.archive.Watched;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LESSONS 20: a full disk. */
class FullDiskTest {

    @RegisterExtension private final SmallDisk disk = new SmallDisk(32);

    @Test
    void aFullDiskRefusesForATimeAndLosesNothing() throws Exception {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[12 << 20]);
        var settings = StoreSettings.small().withWriteBufferOctets(1 << 20);
        List<byte[]> acknowledged = new ArrayList<>();
        try (var health = new LogLines(Health.class);
                var store = RocksMailStore.open(disk.resolve("store"), settings)) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            assertEquals(Reason.FULL, fill(store, inbox, acknowledged).reason());
            assertTrue(acknowledged.size() > 10);
            verify(store, inbox, acknowledged); // reading goes on
            fillUp(disk.resolve("rest"));
            refused(() -> store.accept(mail(1, inbox)));
            refused(() -> flag(store, inbox));
            refused(() -> large(store, inbox));
            verify(store, inbox, acknowledged);

            Files.delete(ballast);
            for (int i = 0; i < 20; i++) {
                byte[] body = Mails.body(5000 + i, 100_000);
                store.accept(Mails.submission(DeliveryId.random(), body, inbox));
                acknowledged.add(body);
            }
            flag(store, inbox);
            verify(store, inbox, acknowledged);
            assertTrue(health.lines().size() >= 2);
        }
        try (var store = RocksMailStore.open(disk.resolve("store"), settings)) {
            MailboxId inbox = Mails.inbox(store, "ann@example.org");
            verify(store, inbox, acknowledged);
            assertTrue(store.index(inbox).flags(0).has(Flag.FLAGGED));
        }
    }

    @Test
    void aFullDiskUnderTheMetadata() throws Exception {
        var settings = StoreSettings.small().withWriteBufferOctets(1 << 20);
        Flags last = Flags.NONE;
        try (var store = RocksMailStore.open(disk.resolve("store"), settings)) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            List<Delivery> some = new ArrayList<>();
            for (int i = 0; i < 300; i++) some.add(Mails.delivery(Mails.body(i, 500)));
            store.append(inbox, some);
            fillUp(disk.resolve("rest"));
            try {
                for (int round = 0; true; round++) {
                    var next = Flags.of(0, List.of("round" + round));
                    replace(store, inbox, next);
                    last = next;
                }
            } catch (StoreException e) {
                assertEquals(Reason.FULL, e.reason());
            }
            allHave(store, inbox, last);
            Files.delete(disk.resolve("rest"));
            last = Flags.of(0, List.of("space"));
            replace(store, inbox, last);
            allHave(store, inbox, last);
        }
        try (var store = RocksMailStore.open(disk.resolve("store"), settings)) {
            allHave(store, Mails.inbox(store, "ann@example.org"), last);
        }
    }

    /** What a COPY made goes as soon as there is space, and not only at the next opening. */
    @Test
    void aCopyThatDoesNotFitIsUndoneWhenThereIsSpace() throws Exception {
        // Nothing else is done in the background.
        var still = StoreSettings.small().withCompaction(new StoreSettings.Compaction(100, 1));
        try (var store = RocksMailStore.open(disk.resolve("store"), still)) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            MailboxId archive = store.find(inbox.account(), "Archive").orElseThrow().id();
            List<Delivery> some = new ArrayList<>();
            for (int i = 0; i < 30 * LargeCopy.SOME; i++)
                some.add(Mails.delivery(Mails.body(i, 50)));
            store.append(inbox, some);
            Files.write(disk.resolve("rest"), new byte[(int) disk.free() - (3 << 19)]);
            try (var fill = Files.newOutputStream(disk.resolve("more"))) {
                fill.write(new byte[(int) disk.free() - 700_000]);
            }
            var full =
                    assertThrows(
                            StoreException.class,
                            () -> store.copy(inbox, UidSet.ALL, archive, false));
            assertEquals(Reason.FULL, full.reason());
            assertTrue(store.state(archive).uidNext() > LargeCopy.SOME, "it had begun");
            Files.delete(disk.resolve("rest"));
            flag(store, inbox);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertEquals(0, store.state(archive).messages()));
        }
    }

    @Test
    void anOpeningTakesLittleSpaceAndSaysWhenThereIsNone() throws Exception {
        Path store = disk.resolve("store");
        try (var open = RocksMailStore.open(store)) {
            Mails.account(open, "ann@example.org");
        }
        fillUp(disk.resolve("rest"));
        refused(() -> RocksMailStore.open(store).close());
        try (var rest = FileChannel.open(disk.resolve("rest"), StandardOpenOption.WRITE)) {
            rest.truncate(rest.size() - (4 << 20));
        }
        RocksMailStore.open(store).close();
    }

    @Test
    void anImportEndsWhereTheDiskDoesAndCanGoOn() throws Exception {
        Path mbox = disk.resolve("INBOX");
        String mail =
                "From a@b Thu Feb 29 12:34:56 2024\nSubject: x\n\n" + "y\n".repeat(1 << 19) + "\n";
        Files.writeString(mbox, mail.repeat(5));
        try (var store = RocksMailStore.open(disk.resolve("store"))) {
            var ann = store.accounts().create(List.of("ann@example.org"), "-", false);
            Path rest = disk.resolve("rest");
            Files.write(rest, new byte[(int) disk.free() - (3 << 20)]);
            assertThrows(StoreException.class, () -> bring(store, ann, mbox));
            Files.delete(rest);
            assertEquals(0, bring(store, ann, mbox).passedOver());
            assertEquals(5, store.state(Mails.inbox(store, "ann@example.org")).messages());
        }
    }

    private static Summary bring(RocksMailStore store, Account ann, Path mbox) throws IOException {
        return new Import(store, ann, Form.MBOX, mbox, Optional.empty(), 1 << 22, false)
                .run(new Watched());
    }

    private static void replace(RocksMailStore store, MailboxId inbox, Flags flags) {
        var change = new FlagChange(FlagChange.Kind.REPLACE, flags);
        store.store(inbox, UidSet.ALL, change, Long.MAX_VALUE);
    }

    private static void allHave(RocksMailStore store, MailboxId inbox, Flags flags) {
        var index = store.index(inbox);
        assertEquals(300, index.size());
        for (int i = 0; i < index.size(); i++) assertEquals(flags, index.flags(i));
    }

    /** Delivers until it is refused. */
    private static StoreException fill(
            RocksMailStore store, MailboxId inbox, List<byte[]> acknowledged) {
        while (true) {
            byte[] body = Mails.body(acknowledged.size(), 60_000 + acknowledged.size() % 5 * 9000);
            try {
                store.accept(Mails.submission(DeliveryId.random(), body, inbox));
            } catch (StoreException e) {
                return e;
            }
            acknowledged.add(body);
        }
    }

    private static void fillUp(Path file) throws IOException {
        byte[] some = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) out.write(some);
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("No space"));
        }
    }

    private static Submission mail(long seed, MailboxId inbox) {
        return Mails.submission(DeliveryId.random(), Mails.body(seed, 60_000), inbox);
    }

    private static void flag(RocksMailStore store, MailboxId inbox) {
        var flagged = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.FLAGGED));
        store.store(inbox, UidSet.of(1), flagged, Long.MAX_VALUE);
    }

    private static void large(RocksMailStore store, MailboxId inbox) {
        try (var sink = store.sink(2_000_000)) {
            sink.write(ByteBuffer.wrap(Mails.body(1, 1_000_000)));
            store.append(inbox, List.of(Mails.delivery(sink.finish())));
        } catch (IOException e) {
            throw new StoreException(Reason.FULL, "as a session would say", e);
        }
    }

    private static void refused(Runnable change) {
        assertEquals(Reason.FULL, assertThrows(StoreException.class, change::run).reason());
    }

    private static void verify(RocksMailStore store, MailboxId inbox, List<byte[]> acknowledged)
            throws IOException {
        var messages = Mails.all(store, inbox);
        assertEquals(acknowledged.size(), messages.size());
        for (int i = 0; i < messages.size(); i++) {
            assertArrayEquals(acknowledged.get(i), Mails.read(store, messages.get(i)));
        }
    }
}
