package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The space of bodies that nothing refers to is freed, and nothing else is lost by it. */
class CompactionTest extends ShrinkingMailbox {

    @Test
    void whatIsReleasedIsFreedInTheBackground() throws Exception {
        store.close();
        open(SMALL);
        deliver(100);
        deliverLarge();
        await().until(() -> files("incoming") == 0); // the large one is on its way
        long before = octets();
        expunge(allBut(101, 5));
        await().until(() -> octets() < before / 3);
        verify();
        store.close();
        open(SMALL);
        verify();
    }

    /** Each change is written to a segment, and is not needed there for long. */
    @Test
    void changesAreFreedInTheBackground() throws Exception {
        store.close();
        open(SMALL);
        deliver(20);
        var flagged = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.FLAGGED));
        var plain = new FlagChange(FlagChange.Kind.REMOVE, Flags.of(Flag.FLAGGED));
        for (int i = 0; i < 1000; i++) {
            store.store(inbox, UidSet.ALL, i % 2 == 0 ? flagged : plain, Long.MAX_VALUE);
        }
        await().until(() -> octets() < 4 * 50_000);
        verify();
    }

    @Test
    void aStoreThatIsOpenedAndClosedOnlyStaysAsItIs() throws Exception {
        store.close();
        open(StoreSettings.small());
        deliver(20);
        store.close();
        var before = Copies.segments(dir.resolve("store"));
        long octets = octets();
        for (int i = 0; i < 3; i++) {
            open(StoreSettings.small());
            store.check(_ -> {}); // after what was begun
            store.close();
        }
        assertEquals(before, Copies.segments(dir.resolve("store")));
        assertEquals(octets, octets());
        open(WHEN_ASKED);
        verify();
    }

    @Test
    void whatAnEarlierProcessReleasedIsFreedToo() throws Exception {
        deliver(100);
        expunge(allBut(100, 5));
        long before = octets();
        store.close();
        open(SMALL);
        await().until(() -> octets() < before / 3);
        verify();
    }

    @Test
    void askedForEverythingIsFreedAtOnce() throws Exception {
        deliver(100);
        deliverLarge();
        deliver(1); // so that the segment before may be compacted
        expunge(allBut(100, 7));
        await().until(() -> files("incoming") == 0); // the large one is on its way
        long before = octets();
        List<CompactionProgress> seen = new ArrayList<>();
        var end = store.compact(seen::add);
        assertEquals(end, seen.getLast());
        assertEquals(end.segments(), end.done());
        // The commits that it takes are written, too.
        await().until(() -> before - octets() > 0.9 * end.freedOctets());
        assertTrue(end.freedOctets() > 80 * OCTETS);
        verify();
        long commits = compact().freedOctets();
        assertTrue(commits < 5 * OCTETS, "nothing is moved twice for nothing: " + commits);
        assertEquals(expected.size(), store.stats().bodies());
        assertEquals(expected.size(), store.stats().messages());
    }

    @Test
    void askedForEverythingItFreesOfTheSegmentThatGrowsToo() throws Exception {
        deliver(100);
        expunge(allBut(100, 7));
        assertTrue(compact().freedOctets() > 80 * OCTETS);
        verify();
    }

    /** A disk with room for one more segment is enough, and what was freed is free at once. */
    @Test
    void eachSegmentGoesBeforeTheNextIsMoved() throws Exception {
        deliver(100);
        expunge(UidSet.range(1, 2).plus(UidSet.range(20, 22)).plus(UidSet.range(70, 71)));
        long before = octets();
        List<Long> during = new ArrayList<>();
        store.compact(
                _ -> {
                    try {
                        during.add(octets());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        assertTrue(Collections.max(during) < before + 60_000, during::toString);
        assertTrue(during.getLast() < before - 6 * OCTETS, before + ": " + during);
        verify();
    }

    @Test
    void bodiesAreMovedAgainAndAgain() throws Exception {
        deliver(60);
        for (int round = 0; round < 4; round++) {
            deliver(30);
            var gone = new UidSet.Builder();
            expected.keySet().stream().filter(u -> u % 3 == 1).forEach(u -> gone.add(u, u));
            expunge(gone.build());
            compact();
            verify();
            store.close();
            open(WHEN_ASKED);
            verify();
        }
        expunge(UidSet.ALL);
        store.close();
        open(WHEN_ASKED); // so that nothing grows
        compact();
        await().until(() -> Copies.segments(dir.resolve("store")).size() == 1); // of commits
        assertEquals(0, store.stats().bodies());
        assertTrue(store.stats().releasedOctets() < octets());
        store.close();
        open(WHEN_ASKED);
        deliver(20); // in segments whose numbers were never used
        verify();
    }

    @Test
    void aCopyKeepsABodyAlive() throws Exception {
        deliver(30);
        var archive = store.find(inbox.account(), "Archive").orElseThrow().id();
        store.copy(inbox, UidSet.range(1, 30), archive, false);
        var kept = new TreeMap<>(expected);
        expunge(UidSet.range(1, 29));
        compact();
        verify();
        expected.clear();
        expected.putAll(kept);
        verify(store, archive);
    }

    @Test
    void theMessagesOfADeletedMailboxAreReleasedByAndBy() throws Exception {
        store.alter(inbox.account(), new MailboxChange.Create("Old"));
        var old = store.find(inbox.account(), "Old").orElseThrow().id();
        deliver(20);
        List<Delivery> many = new ArrayList<>();
        for (int i = 0; i < 2500; i++) many.add(Mails.delivery(Mails.body(i, 300)));
        store.append(old, many);
        store.copy(inbox, UidSet.of(1), old, false);
        Path killed = dir.resolve("killed");
        long[] bodies = {0};
        steps.at(
                0, // after the first few
                () -> {
                    bodies[0] = store.stats().bodies();
                    copy(killed);
                    deliver(1);
                });
        store.alter(inbox.account(), new MailboxChange.Delete("Old"));
        assertThrows(StoreException.class, () -> store.state(old));
        await().until(() -> store.stats().bodies() == 21);
        assertEquals(2520 - 250, bodies[0]);
        verify();
        expected.remove(21L);
        try (var copy = RocksMailStore.open(killed, SMALL)) {
            await().until(() -> copy.stats().bodies() == 20);
            verify(copy, inbox);
        }
    }
}
