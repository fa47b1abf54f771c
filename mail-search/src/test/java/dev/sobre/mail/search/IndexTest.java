package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of an index: it follows, it is lost, it comes back, and answers are right throughout.
 */
class IndexTest {

    private static final SearchKey HELLO = new SearchKey.Body("hello");

    @TempDir Path home;

    private Path directory;
    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("bob@example.org", "secret");
    private final MailboxId inbox = inbox("ann@example.org");

    @BeforeEach
    void place() {
        directory = home.resolve("search");
    }

    private MailboxId inbox(String address) {
        return store.find(store.account(address).id(), "INBOX").orElseThrow().id();
    }

    private long mail(MailboxId mailbox, String text) {
        byte[] octets = ("Subject: x\r\n\r\n" + text + "\r\n").getBytes(UTF_8);
        return Mails.append(store, mailbox, octets, Flags.DELETED);
    }

    /** What the index has of a mailbox, whether or not the store still has it. */
    private int indexed(Path place, MailboxId mailbox) throws IOException {
        int[] count = {0};
        try (var index = TextIndex.open(place, Mails.FAST);
                var snapshot = index.snapshot()) {
            snapshot.all(mailbox, (document, uid, day) -> count[0]++);
        }
        return count[0];
    }

    @Test
    void aMessageIsFoundAtOnce() {
        var slow =
                Mails.FAST.withTimes(
                        new SearchSettings.Times(
                                Duration.ofDays(1),
                                Duration.ofDays(1),
                                Duration.ofDays(1),
                                Duration.ofDays(1)));
        try (var search = Search.open(store, directory, slow)) {
            for (int i = 1; i <= 20; i++) {
                long uid = mail(inbox, "hello " + i + ".");
                var it = new SearchKey.Body("hello " + i + ".");
                assertEquals(UidSet.of(uid), search.find(inbox, it));
            }
        }
    }

    @Test
    void anIndexIsKeptOverARestart() throws IOException {
        try (var search = Search.open(store, directory, Mails.FAST)) {
            for (int i = 0; i < 200; i++) mail(inbox, "hello " + i);
            Mails.awaitIndexed(search);
        }
        assertEquals(200, indexed(directory, inbox));
        mail(inbox, "hello again");
        try (var search = Search.open(store, directory, Mails.FAST)) {
            assertEquals(201, search.find(inbox, HELLO).count());
            Mails.awaitIndexed(search);
            assertEquals(201, search.find(inbox, HELLO).count());
        }
        assertEquals(201, indexed(directory, inbox));
    }

    /** Making an index anew leaves the disk to others, and keeps no search and no end waiting. */
    @Test
    void anIndexIsMadeAtAPace() {
        for (int i = 0; i < 40; i++) mail(inbox, "hello " + "text ".repeat(2_000));
        long begun = System.nanoTime();
        try (var search = Search.open(store, directory, Mails.FAST.withTextPerSecond(200_000))) {
            assertEquals(40, search.find(inbox, HELLO).count());
            for (int i = 0; i < 40; i++) mail(inbox, "hello " + "text ".repeat(2_000));
            Mails.awaitIndexed(search);
            // 800,000 octets of text, of which the last turn's are not waited for.
            assertTrue(System.nanoTime() - begun > SECONDS.toNanos(1));
            assertEquals(80, search.find(inbox, HELLO).count());
        }
        directory = home.resolve("slow");
        var slow = Mails.FAST.withTextPerSecond(1);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    try (var search = Search.open(store, directory, slow)) {
                        assertEquals(80, search.find(inbox, HELLO).count());
                    }
                });
    }

    @Test
    void whatIsExpungedLeavesTheIndex() throws IOException {
        try (var search = Search.open(store, directory, Mails.FAST)) {
            for (int i = 0; i < 100; i++) mail(inbox, "hello");
            Mails.awaitIndexed(search);
            store.expunge(inbox, UidSet.range(1, 40));
            Mails.awaitIndexed(search);
            assertEquals("41:100", search.find(inbox, HELLO).toString());
        }
        assertEquals(60, indexed(directory, inbox));
        // While nobody looked, more was expunged than the store remembers.
        mail(inbox, "hello");
        store.expunge(inbox, UidSet.range(41, 80));
        for (int i = 0; i < 10_001; i++) mail(inbox, "y");
        store.expunge(inbox, UidSet.range(102, UidSet.HIGHEST));
        try (var search = Search.open(store, directory, Mails.FAST)) {
            Mails.awaitIndexed(search);
            assertEquals("81:101", search.find(inbox, HELLO).toString());
        }
        assertEquals(21, indexed(directory, inbox));
    }

    @Test
    void aMailboxIsIndexedOnceSomebodyLooksForTextsThere() throws IOException {
        var lazy = Mails.FAST.withEverything(false);
        MailboxId bobs = inbox("bob@example.org");
        for (int i = 0; i < 5; i++) {
            mail(inbox, "hello");
            mail(bobs, "hello");
        }
        try (var search = Search.open(store, directory, lazy)) {
            await().atMost(30, SECONDS).until(search::isIndexed);
            search.find(bobs, new SearchKey.Has(Flag.SEEN));
            assertEquals(5, search.find(inbox, HELLO).count());
            await().atMost(30, SECONDS).until(search::isIndexed);
            mail(inbox, "hello");
            mail(bobs, "hello");
            await().atMost(30, SECONDS).until(search::isIndexed);
        }
        assertEquals(6, indexed(directory, inbox));
        assertEquals(0, indexed(directory, bobs));
        mail(inbox, "hello");
        try (var search = Search.open(store, directory, lazy)) {
            await().atMost(30, SECONDS).until(search::isIndexed);
        }
        assertEquals(7, indexed(directory, inbox), "what was begun is gone on with");
    }

    @Test
    void whatIsDeletedLeavesTheIndex() throws IOException {
        var often =
                Mails.FAST.withTimes(
                        new SearchSettings.Times(
                                Duration.ofMillis(10),
                                Duration.ofMillis(20),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(50)));
        var ann = inbox.account();
        var box = store.alter(ann, new MailboxChange.Create("box")).id();
        MailboxId bobs = inbox("bob@example.org");
        try (var search = Search.open(store, directory, often)) {
            mail(box, "hello");
            mail(bobs, "hello");
            mail(inbox, "hello");
            await().atMost(60, SECONDS)
                    .until(() -> search.isIndexed() && search.find(box, HELLO).count() == 1);
            store.alter(ann, new MailboxChange.Delete("box"));
            store.accounts().remove(bobs.account());
            // A mailbox of the same name is another one.
            var again = store.alter(ann, new MailboxChange.Create("box")).id();
            assertEquals("", search.find(again, HELLO).toString());
            await().atMost(60, SECONDS)
                    .pollInterval(50, MILLISECONDS)
                    .until(() -> marks(search).size() == marksOf(ann));
        }
        assertEquals(0, indexed(directory, box));
        assertEquals(0, indexed(directory, bobs));
        assertEquals(1, indexed(directory, inbox));
    }

    /** The mailboxes of which the index knows something. */
    private static Set<MailboxId> marks(Search search) throws IOException {
        var marks = new HashSet<MailboxId>();
        var snapshot = search.snapshot();
        if (snapshot.isEmpty()) return marks;
        try (var now = snapshot.get()) {
            now.marked(
                    each -> {
                        if (isMarked(now, each)) marks.add(each);
                    });
        }
        return marks;
    }

    private static boolean isMarked(Snapshot now, MailboxId mailbox) {
        try {
            return now.mark(mailbox).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int marksOf(AccountId account) {
        return (int) store.list(account).stream().filter(m -> m.exists()).count();
    }

    @Test
    void aMailboxWithAnotherUidValidityIsIndexedAnew() throws IOException {
        try (var search = Search.open(store, directory, Mails.FAST)) {
            for (int i = 0; i < 10; i++) mail(inbox, "hello");
            Mails.awaitIndexed(search);
        }
        var seen = store.state(inbox);
        long other = seen.uidValidity() + 1_000_000;
        store.adopt(inbox, seen, new Numbering(other, seen.uidNext() + 5, seen.highestModSeq()));
        assertEquals(other, store.state(inbox).uidValidity());
        try (var search = Search.open(store, directory, Mails.FAST)) {
            assertEquals(10, search.find(inbox, HELLO).count());
            Mails.awaitIndexed(search);
            assertEquals(10, search.find(inbox, HELLO).count());
            try (var now = search.snapshot().orElseThrow()) {
                assertEquals(other, now.mark(inbox).orElseThrow().uidValidity());
            }
        }
        assertEquals(10, indexed(directory, inbox));
    }

    @Test
    void anyDamageIsNoticedAndMended() throws IOException {
        try (var search = Search.open(store, directory, Mails.FAST)) {
            for (int i = 0; i < 50; i++) mail(inbox, i % 2 == 0 ? "hello" : "bye");
            Mails.awaitIndexed(search);
        }
        UidSet right;
        try (var scan = Search.scanning(store, Mails.FAST)) {
            right = scan.find(inbox, HELLO);
        }
        var random = new Random(1);
        List<Path> files;
        try (var all = Files.list(directory)) {
            files = all.filter(f -> !f.endsWith("write.lock")).toList();
        }
        assertFalse(files.isEmpty());
        for (Path each : files) {
            if (!Files.exists(each)) continue; // it was made anew, with other files
            byte[] octets = Files.readAllBytes(each);
            octets[random.nextInt(octets.length)] ^= 0x40;
            Files.write(each, octets);
            try (var search = Search.open(store, directory, Mails.FAST)) {
                assertEquals(right, search.find(inbox, HELLO));
                Mails.awaitIndexed(search);
                assertEquals(right, search.find(inbox, HELLO));
            }
        }
        assertEquals(50, indexed(directory, inbox));
    }

    @Test
    void aFullDiskStopsTheIndexAndNotTheSearch() throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        assumeTrue(mounted, "not allowed to mount a small disk");
        Path ballast = disk.resolve("ballast");
        try {
            Files.write(ballast, new byte[3 << 20]);
            try (var search = Search.open(store, disk.resolve("search"), Mails.FAST)) {
                var mails = new Mails(new Random(2));
                for (int i = 0; i < 1500; i++) mail(inbox, mails.words(400));
                mail(inbox, "unheard-of");
                var key = new SearchKey.Body("unheard-of");
                await().atMost(60, SECONDS).until(() -> search.snapshot().isEmpty());
                assertEquals("1501", search.find(inbox, key).toString());
                Files.delete(ballast);
                store.expunge(inbox, UidSet.range(1, 1400));
                Mails.awaitIndexed(search);
                assertEquals("1501", search.find(inbox, key).toString());
            }
            assertEquals(101, indexed(disk.resolve("search"), inbox));
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }

    @Test
    void whatCannotBeMadeIsTriedAgain() throws IOException {
        Files.writeString(directory, "in the way");
        try (var search = Search.open(store, directory, Mails.FAST)) {
            mail(inbox, "hello");
            assertEquals("1", search.find(inbox, HELLO).toString());
            assertFalse(search.isIndexed());
            Files.delete(directory);
            Mails.awaitIndexed(search);
            assertEquals("1", search.find(inbox, HELLO).toString());
        }
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }
}
