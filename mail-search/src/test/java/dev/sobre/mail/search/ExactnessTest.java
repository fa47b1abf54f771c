package dev.sobre.mail.search;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.Mails.Mail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random mails, random needles: with the index, without it, and by what the mails say. */
class ExactnessTest {

    @TempDir Path directory;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox = mailbox("INBOX");
    private final MailboxId archive = mailbox("Archive");

    private MailboxId mailbox(String name) {
        return store.find(store.account("ann@example.org").id(), name).orElseThrow().id();
    }

    @Test
    void indexAndScanSayWhatTheMailsSay() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var mails = new Mails(random);
        List<Mail> sent = new ArrayList<>(); // in the order of their UIDs, from 1
        try (var scan = Search.scanning(store, Mails.FAST);
                var search = Search.open(store, directory, Mails.FAST)) {
            for (int i = 0; i < 150; i++) {
                Mail mail = mails.next();
                sent.add(mail);
                assertEquals(sent.size(), Mails.append(store, inbox, mail.octets(), Flags.NONE));
            }
            Mails.awaitIndexed(search);
            int hits = 0;
            for (int i = 0; i < 200; i++) {
                String needle = mails.needle();
                String folded = Mails.folded(needle);
                if (!folded.strip().equals(folded)) continue; // around a paragraph there is space
                var body = new UidSet.Builder();
                var subject = new UidSet.Builder();
                for (int uid = 1; uid <= 150; uid++) {
                    Mail mail = sent.get(uid - 1);
                    if (Mails.folded(mail.body()).contains(folded)) body.add(uid);
                    if (Mails.folded(mail.subject()).contains(folded)) subject.add(uid);
                }
                String what = "'" + folded + "', seed " + seed;
                var inBody = new SearchKey.Body(needle);
                var inSubject = new SearchKey.Header("subject", needle);
                assertEquals(body.build(), scan.find(inbox, inBody), what);
                assertEquals(body.build(), search.find(inbox, inBody), what);
                assertEquals(subject.build(), scan.find(inbox, inSubject), what);
                assertEquals(subject.build(), search.find(inbox, inSubject), what);
                hits += body.build().isEmpty() ? 0 : 1;
            }
            assertTrue(hits > 50, "most needles are somewhere");
        }
    }

    @Test
    void sameAnswersWhileEverythingChanges() throws Exception {
        long seed = System.nanoTime();
        Search search = Search.open(store, directory.resolve("0"), Mails.FAST);
        Mails.awaitIndexed(search); // there is a directory to be copied
        try (var scan = Search.scanning(store, Mails.FAST);
                var writers = Executors.newFixedThreadPool(2)) {
            var busy = new ArrayList<Future<?>>();
            for (int w = 0; w < 2; w++) {
                var random = new Random(seed + w);
                busy.add(writers.submit((Callable<?>) () -> change(random)));
            }
            var random = new Random(seed + 2);
            var mails = new Mails(random);
            for (int round = 1; round <= 6; round++) {
                for (int i = 0; i < 8; i++) compare(search, scan, random, mails, seed);
                // A crash leaves what lay in the directory at some moment.
                Path copy = directory.resolve("" + round);
                copy(directory.resolve("" + (round - 1)), copy);
                if (round % 2 == 0) corrupt(copy, random);
                search.close();
                search = Search.open(store, copy, Mails.FAST);
            }
            for (var each : busy) each.get(60, SECONDS);
            for (int i = 0; i < 20; i++) compare(search, scan, random, mails, seed);
            Mails.awaitIndexed(search);
            for (int i = 0; i < 40; i++) compare(search, scan, random, mails, seed);
        } finally {
            search.close();
        }
    }

    private Object change(Random random) throws IOException {
        var mails = new Mails(random);
        for (int i = 0; i < 200; i++) {
            var there = store.index(inbox);
            UidSet one =
                    there.size() == 0
                            ? UidSet.NONE
                            : UidSet.of(there.uid(random.nextInt(there.size())));
            switch (random.nextInt(8)) {
                case 0 ->
                        store.store(
                                inbox,
                                one,
                                new FlagChange(FlagChange.Kind.ADD, Flags.DELETED),
                                Long.MAX_VALUE);
                case 1 -> store.expunge(inbox, UidSet.ALL);
                case 2 -> store.copy(inbox, one, archive, false);
                case 3 -> store.copy(inbox, one, archive, true);
                default -> Mails.append(store, inbox, mails.next().octets(), Flags.SEEN);
            }
        }
        return this;
    }

    /** The answers of one moment; a message that goes meanwhile may be in one of them. */
    private void compare(Search search, Search scan, Random random, Mails mails, long seed) {
        SearchKey key = key(random, mails, 3);
        for (MailboxId mailbox : List.of(inbox, archive)) {
            var now = store.index(mailbox);
            UidSet with = search.find(mailbox, now, UidSet.ALL, key, () -> false);
            UidSet without = scan.find(mailbox, now, UidSet.ALL, key, () -> false);
            UidSet still = store.index(mailbox).existing(UidSet.ALL);
            assertEquals(without.intersect(still), with.intersect(still), key + ", seed " + seed);
        }
    }

    private static SearchKey key(Random random, Mails mails, int levels) {
        return switch (random.nextInt(levels > 0 ? 9 : 6)) {
            case 0 -> new SearchKey.Header("SUBJECT", mails.needle());
            case 1 -> new SearchKey.Text(mails.needle());
            case 2 -> new SearchKey.Has(Flag.DELETED);
            case 3 -> new SearchKey.Header("x-kind", random.nextBoolean() ? "" : "3");
            case 4, 5 -> new SearchKey.Body(mails.needle());
            case 6 -> new SearchKey.Not(key(random, mails, levels - 1));
            case 7 ->
                    new SearchKey.And(
                            key(random, mails, levels - 1), key(random, mails, levels - 1));
            default ->
                    new SearchKey.Or(
                            key(random, mails, levels - 1), key(random, mails, levels - 1));
        };
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.newDirectoryStream(from)) {
            for (Path each : files) {
                try {
                    Files.copy(each, to.resolve(each.getFileName().toString()));
                } catch (NoSuchFileException e) {
                    // It was merged away.
                }
            }
        }
    }

    private static void corrupt(Path index, Random random) throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(index)) {
            for (Path each : all) if (Files.size(each) > 0) files.add(each);
        }
        if (files.isEmpty()) return;
        Path victim = files.get(random.nextInt(files.size()));
        byte[] octets = Files.readAllBytes(victim);
        if (random.nextBoolean()) {
            octets = Arrays.copyOf(octets, octets.length / 2);
        } else {
            octets[random.nextInt(octets.length)] ^= 0x10;
        }
        Files.write(victim, octets);
    }
}
