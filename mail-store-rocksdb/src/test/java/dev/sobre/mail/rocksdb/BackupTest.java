package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a store that goes on working, and stores made from them. */
class BackupTest {

    @TempDir Path dir;

    private Path store() {
        return dir.resolve("store");
    }

    private Path backup() {
        return dir.resolve("backup");
    }

    private RocksMailStore restored() {
        Path to = dir.resolve("restored");
        StoreRestore.restore(backup(), to, _ -> {}, _ -> {});
        assertEquals(List.of(), CheckTest.check(to));
        return RocksMailStore.open(to);
    }

    @Test
    void whatIsRestoredIsEqualUnderOtherUidValidities() throws IOException {
        try (var store = DamagedStore.make(store())) {
            store.backup(backup(), _ -> {});
            try (var again = restored()) {
                assertEquals(Contents.of(store), Contents.of(again));
                assertEquals(store.spool().size(), again.spool().size());
                assertEquals(emailIds(store), emailIds(again), "and so POP3's unique ids");
                var before = uidValidities(store);
                long highest = before.values().stream().mapToLong(v -> v).max().orElseThrow();
                var after = uidValidities(again);
                assertEquals(before.keySet(), after.keySet());
                assertTrue(after.values().stream().allMatch(v -> v > highest), after::toString);
                MailboxId inbox = Mails.inbox(again, "ann@example.org");
                long next = again.state(inbox).uidNext();
                var mail = Mails.delivery(Mails.body(1, 100));
                assertEquals(next, again.append(inbox, List.of(mail)).getFirst().uid());
            }
        }
    }

    /** Who restores it a second time has seen the UIDs that were given out after the first. */
    @Test
    void aBackupThatIsRestoredTwiceHasOtherUidValiditiesEachTime() throws IOException {
        try (var store = DamagedStore.make(store())) {
            store.renewUidValidities(1 << 20); // beyond the clock, as after a restore
            store.backup(backup(), _ -> {});
        }
        var first = uidValiditiesAfter(Duration.ofHours(1));
        var second = uidValiditiesAfter(Duration.ofHours(2));
        assertEquals(first.keySet(), second.keySet());
        second.forEach(
                (mailbox, now) ->
                        assertTrue(
                                now > first.getOrDefault(mailbox, Long.MAX_VALUE),
                                () -> first + " and then " + second));
    }

    /** Restores the backup as if it had been taken so long ago. */
    private Map<MailboxId, Long> uidValiditiesAfter(Duration time) throws IOException {
        var made = BackupManifest.read(backup()).orElseThrow();
        var taken = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(time);
        new BackupManifest(taken, made.metadata(), made.segments(), made.lacking()).write(backup());
        try (var again = restored()) {
            return uidValidities(again);
        } finally {
            Home.remove(dir.resolve("restored"));
        }
    }

    private static Map<MailboxId, Long> uidValidities(RocksMailStore store) {
        var all = new TreeMap<MailboxId, Long>((a, b) -> Long.compare(a.number(), b.number()));
        for (Account account : store.accounts().list()) {
            for (Mailbox box : store.list(account.id())) {
                all.put(box.id(), store.state(box.id()).uidValidity());
            }
        }
        return all;
    }

    private static List<EmailId> emailIds(RocksMailStore store) {
        var inbox = Mails.inbox(store, "ann@example.org");
        return Mails.all(store, inbox).stream().map(Message::emailId).toList();
    }

    /** It has all mail and the passwords' hashes, as the store has. */
    @Test
    void nobodyElseCanReadABackup() throws IOException {
        try (var store = DamagedStore.make(store())) {
            store.backup(backup(), _ -> {});
        }
        for (Path folder : List.of(store(), backup())) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
            assertEquals("rwx------", mode, folder::toString);
        }
    }

    @Test
    void onlyWhatIsNewIsCopied() throws IOException {
        try (var store = DamagedStore.make(store())) {
            var first = store.backup(backup(), _ -> {});
            assertTrue(first.copiedOctets() < 60_000, "only the one that grows: " + first);
            assertEquals(first.octets(), first.copiedOctets() + first.sharedOctets());
            var ann = Mails.inbox(store, "ann@example.org");
            var bodies = new ArrayList<Delivery>();
            for (int i = 0; i < 80; i++) bodies.add(Mails.delivery(Mails.body(i, 2000)));
            store.append(ann, bodies);
            remove(store, ann, 60, 100);
            store.compact(_ -> {});
            var tally = new ArrayList<BackupProgress>();
            var second = store.backup(backup(), tally::add);
            assertEquals(second, tally.getLast());
            assertEquals(second.octets(), second.doneOctets());
            assertEquals(1, Copies.files(backup(), "meta-*").size());
            assertEquals(
                    Copies.segments(store()).size(), Copies.segments(backup()).size(), "no more");
            try (var again = restored()) {
                assertEquals(Contents.of(store), Contents.of(again));
            }
        }
    }

    /** Files can't be linked from one file system to another. */
    private Path onAnotherDisk() throws IOException {
        Path other = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(other), "there is no other file system");
        assumeFalse(Files.getFileStore(other).equals(Files.getFileStore(dir)), "it is the same");
        return Files.createTempDirectory(other, "sobre-backup");
    }

    @Test
    void aBackupOnAnotherDiskIsCopied() throws IOException {
        Path backup = onAnotherDisk();
        try (var store = DamagedStore.make(store())) {
            var first = store.backup(backup, _ -> {});
            assertEquals(first.octets(), first.copiedOctets());
            assertEquals(0, first.sharedOctets());
            var second = store.backup(backup, _ -> {});
            assertTrue(second.copiedOctets() < 60_000, "only the one that grows: " + second);
            assertEquals(0, second.sharedOctets());
            StoreRestore.restore(backup, dir.resolve("restored"), _ -> {}, _ -> {});
            try (var again = RocksMailStore.open(dir.resolve("restored"))) {
                assertEquals(Contents.of(store), Contents.of(again));
            }
        } finally {
            Home.remove(backup);
        }
    }

    @Test
    void copiesThatLackSomethingAreMadeAgain() throws IOException {
        Path backup = onAnotherDisk();
        try (var store = DamagedStore.make(store())) {
            store.backup(backup, _ -> {});
            var made = BackupManifest.read(backup).orElseThrow();
            var all = made.segments();
            new BackupManifest(made.taken(), made.metadata(), all, all.keySet()).write(backup);
            var again = store.backup(backup, _ -> {});
            assertEquals(again.octets(), again.copiedOctets());
            assertEquals(Set.of(), BackupManifest.read(backup).orElseThrow().lacking());
        } finally {
            Home.remove(backup);
        }
    }

    private static void remove(RocksMailStore store, MailboxId inbox, long from, long to) {
        var uids = new ArrayList<Long>();
        for (long uid = from; uid < to; uid++) uids.add(uid);
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, UidSet.of(uids), deleted, Long.MAX_VALUE);
        store.expunge(inbox, UidSet.of(uids));
    }

    @Test
    void oneThatIsInterruptedLeavesTheOneBefore() throws IOException {
        try (var store = DamagedStore.make(store())) {
            interrupt(store);
            var refusal = assertThrows(StoreException.class, this::restored);
            assertEquals(Reason.MISSING, refusal.reason());
            assertFalse(Files.exists(dir.resolve("restored")));
            store.backup(backup(), _ -> {});
            Contents before = Contents.of(store);
            remove(store, Mails.inbox(store, "ann@example.org"), 1, 30);
            store.compact(_ -> {});
            interrupt(store);
            try (var again = restored()) {
                assertEquals(before, Contents.of(again));
            }
        }
    }

    @Test
    void itLeavesTheFilesOfOthersAlone() throws IOException {
        Files.createDirectories(backup().resolve("segments"));
        Files.createDirectories(backup().resolve("meta-analysis"));
        var theirs = List.of("segments/notes.txt", "meta-analysis/text", "lost+found");
        for (String name : theirs) Files.writeString(backup().resolve(name), "theirs");
        try (var store = DamagedStore.make(store())) {
            store.backup(backup(), _ -> {});
            store.backup(backup(), _ -> {});
        }
        for (String name : theirs) assertTrue(Files.exists(backup().resolve(name)), name);
        assertEquals(1, Copies.files(backup(), "meta-1*").size());
        restored().close();
    }

    private void interrupt(RocksMailStore store) {
        class Interrupted extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        assertThrows(
                Interrupted.class,
                () ->
                        store.backup(
                                backup(),
                                _ -> {
                                    throw new Interrupted();
                                }));
    }

    @Test
    void aBackupUnderLoadIsConsistent() throws Exception {
        try (var store = DamagedStore.make(store())) {
            var inbox = Mails.inbox(store, "bob@example.org");
            var stop = new AtomicBoolean();
            var load =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; !stop.get(); i++) {
                                            var mail = Mails.delivery(Mails.body(i, 3000));
                                            long uid =
                                                    store.append(inbox, List.of(mail))
                                                            .getFirst()
                                                            .uid();
                                            if (i % 3 == 0) remove(store, inbox, uid - 1, uid);
                                            if (i % 50 == 0) store.compact(_ -> {});
                                        }
                                    });
            try {
                for (int i = 0; i < 5; i++) {
                    store.backup(backup(), _ -> {});
                    Path to = dir.resolve("restored" + i);
                    StoreRestore.restore(backup(), to, _ -> {}, _ -> {});
                    assertEquals(List.of(), wrong(to));
                }
            } finally {
                stop.set(true);
                load.join();
            }
        }
    }

    /** A large body has its file before it is known whether anybody takes the message. */
    @Test
    void aMessageThatIsRefusedMeanwhileIsNotMissed() throws Exception {
        Path never = dir.resolve("never");
        assumeTrue(new ProcessBuilder("mkfifo", never.toString()).start().waitFor() == 0);
        try (var store = DamagedStore.make(store())) {
            var inbox = Mails.inbox(store, "ann@example.org");
            var refused = CompletableFuture.runAsync(() -> appendLargeAnd(never, store, inbox));
            var incoming = store().resolve("incoming");
            while (Copies.files(incoming, "*.seg").isEmpty()) Thread.onSpinWait();
            store.backup(
                    backup(),
                    _ -> {
                        if (!refused.isDone()) letOpen(never);
                        assertThrows(CompletionException.class, refused::join);
                    });
            assertEquals(List.of(), Copies.files(incoming, "*.seg"), "it went in the middle");
            try (var again = restored()) {
                assertEquals(Contents.of(store), Contents.of(again));
            }
        }
    }

    private static void appendLargeAnd(Path unread, RocksMailStore store, MailboxId inbox) {
        try (var sink = store.sink(1 << 20)) {
            sink.write(ByteBuffer.wrap(Mails.body(1, 500_000)));
            var large = Mails.delivery(sink.finish());
            var other = Mails.delivery(new BlobSource.InFile(unread, 0, 1));
            store.append(inbox, List.of(large, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who opens a pipe for reading waits until somebody opens it for writing. */
    private static void letOpen(Path pipe) {
        try {
            Files.newOutputStream(pipe).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Finding> wrong(Path store) {
        return CheckTest.check(store).stream().filter(f -> !f.harmless()).toList();
    }

    /** As a new server has one, in the place of one whose disk broke. */
    @Test
    void aStoreThatWasNeverUsedIsNoHindrance() throws IOException {
        try (var store = DamagedStore.make(store())) {
            store.backup(backup(), _ -> {});
        }
        Path fresh = dir.resolve("restored");
        RocksMailStore.open(fresh).close();
        Path other = Files.createFile(fresh.resolve("sobre.toml"));
        assertThrows(StoreException.class, this::restored);
        Files.delete(other); // which is nothing of a store, and would have gone with it
        try (var again = restored()) {
            assertEquals(2, again.accounts().count());
        }
        var refusal = assertThrows(StoreException.class, this::restored);
        assertEquals(Reason.EXISTS, refusal.reason());
    }

    @Test
    void itIsRestoredToAnEmptyPlaceOnlyAndKeptOutsideOfTheStore() throws IOException {
        try (var store = DamagedStore.make(store())) {
            store.backup(backup(), _ -> {});
            var refusal =
                    assertThrows(
                            StoreException.class,
                            () -> StoreRestore.restore(backup(), store(), _ -> {}, _ -> {}));
            assertEquals(Reason.UNAVAILABLE, refusal.reason(), "it is in use");
            Path within = store().resolve("backup");
            refusal = assertThrows(StoreException.class, () -> store.backup(within, _ -> {}));
            assertEquals(Reason.REFUSED, refusal.reason());
            Path another = dir.resolve("another");
            DamagedStore.make(another).close();
            refusal = assertThrows(StoreException.class, () -> store.backup(another, _ -> {}));
            assertEquals(Reason.REFUSED, refusal.reason());
            assertEquals(List.of(), CheckTest.check(another), "it has lost nothing");
            Copies.flip(backup().resolve("BACKUP"), 30);
            refusal = assertThrows(StoreException.class, this::restored);
            assertEquals(Reason.DAMAGED, refusal.reason());
            String old = "sobre-mail-backup 1\n";
            int sum = SegmentFormat.crc(ByteBuffer.wrap(old.getBytes(StandardCharsets.US_ASCII)));
            Files.writeString(
                    backup().resolve("BACKUP"), old + "sum " + Integer.toHexString(sum) + "\n");
            refusal = assertThrows(StoreException.class, this::restored);
            assertEquals(Reason.REFUSED, refusal.reason());
        }
    }
}
