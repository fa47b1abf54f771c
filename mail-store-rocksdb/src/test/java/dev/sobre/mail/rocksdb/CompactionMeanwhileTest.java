package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever happens while bodies are moved, and wherever it ends, nothing is lost. */
class CompactionMeanwhileTest extends ShrinkingMailbox {

    @Test
    void whatHappensWhileBodiesAreMoved() throws Exception {
        var archive = store.find(inbox.account(), "Archive").orElseThrow().id();
        boolean[] paused = {true};
        int pause = 0;
        for (; paused[0]; pause++) {
            paused[0] = false;
            store.alter(inbox.account(), new MailboxChange.Create("Copies" + pause));
            var copies = store.find(inbox.account(), "Copies" + pause).orElseThrow().id();
            deliver(10);
            long last = store.state(inbox).uidNext() - 1;
            deliver(20);
            expunge(UidSet.range(last - 8, last - 5));
            var before = new TreeMap<>(expected);
            steps.at(
                    pause,
                    () -> {
                        paused[0] = true;
                        store.copy(inbox, UidSet.of(last), copies, false); // one more holds it
                        store.copy(inbox, UidSet.of(last - 1), archive, true); // moved meanwhile
                        expected.remove(last - 1);
                        expunge(UidSet.of(last)); // the copy holds it alone
                        expunge(UidSet.of(last - 2)); // the last that held it
                        deliver(1);
                        deliverLarge();
                    });
            compact();
            if (!paused[0]) break;
            verify();
            var copy = Mails.all(store, copies).getFirst();
            assertArrayEquals(before.get(last), Mails.read(store, copy));
            var moved = Mails.all(store, archive).getLast();
            assertArrayEquals(before.get(last - 1), Mails.read(store, moved));
            steps.next = () -> {};
            compact();
            verify();
            assertArrayEquals(before.get(last), Mails.read(store, copy));
            assertEquals(referredTo(), store.stats().bodies());
        }
        assertTrue(pause > 6);
        store.close();
        open(WHEN_ASKED);
        compact();
        verify();
        assertEquals(referredTo(), store.stats().bodies());
    }

    private long referredTo() {
        return store.list(inbox.account()).stream()
                .flatMap(m -> Mails.all(store, m.id()).stream())
                .map(Message::body)
                .distinct()
                .count();
    }

    @Test
    void aReaderKeepsItsSegment() throws Exception {
        deliver(30);
        var message = Mails.all(store, inbox).get(4);
        Path segment = Copies.segments(dir.resolve("store")).getFirst();
        try (var reader = store.open(message.body())) {
            expunge(UidSet.range(1, 3));
            compact();
            assertTrue(Files.exists(segment), "a reader has it open");
            Thread.currentThread().interrupt(); // closes the reader's file, which is opened again
            assertThrows(IOException.class, () -> reader.read(0, ByteBuffer.allocate(10)));
            assertTrue(Thread.interrupted());
            var rest = ByteBuffer.allocate(OCTETS);
            reader.read(1000, rest);
            assertEquals(Mails.body(5, OCTETS)[1000], rest.get(0));
            try (var second = store.open(message.body())) {
                assertEquals(10, second.read(0, ByteBuffer.allocate(10)));
            }
        }
        await().until(() -> !Files.exists(segment));
        verify();
    }

    @Test
    void whatWaitsForACommitIsTakenInOrDiscarded() throws Exception {
        deliverLarge();
        await().until(() -> files("incoming") == 0);
        Path killed = dir.resolve("killed");
        copy(killed);
        Path segment = Copies.segments(killed).getLast();
        Path committed = killed.resolve("incoming").resolve(segment.getFileName());
        Files.copy(segment, killed.resolve("incoming/00000077.seg")); // of no commit
        Files.move(segment, committed); // as if it had been killed before it was taken in
        try (var copy = RocksMailStore.open(killed, WHEN_ASKED)) {
            verify(copy, inbox);
            assertTrue(Files.exists(segment));
            assertEquals(0, copyOffered(killed));
        }
    }

    @Test
    void killedAtAnyStep() throws Exception {
        deliver(20);
        deliver(1); // to a third segment
        expunge(allBut(20, 2));
        List<Path> killed = new ArrayList<>();
        steps.next =
                () -> {
                    killed.add(dir.resolve("killed" + killed.size()));
                    copy(killed.getLast());
                };
        compact();
        verify();
        await().until(() -> files("incoming") == 0); // what was moved is on its way
        long octets = octets();
        assertTrue(killed.size() > 15, "each body and each commit is a step");
        for (Path copied : killed) {
            try (var copy = RocksMailStore.open(copied, WHEN_ASKED)) {
                verify(copy, inbox);
                assertEquals(0, copyOffered(copied));
                copy.compact(_ -> {});
                verify(copy, inbox);
                assertEquals(expected.size(), copy.stats().bodies());
                await().until(() -> copy.stats().segmentOctets() < octets + OCTETS);
            }
        }
    }

    /** Commits that lay in a segment are not needed once it is gone. */
    @Test
    void killedAfterSegmentsWent() throws Exception {
        deliver(40);
        expunge(allBut(40, 4));
        Path first = Copies.segments(dir.resolve("store")).getFirst();
        compact();
        await().until(() -> !Files.exists(first));
        deliver(1);
        Path killed = dir.resolve("killed");
        copy(killed);
        try (var copy = RocksMailStore.open(killed, WHEN_ASKED)) {
            verify(copy, inbox);
        }
    }

    @Test
    void closingEndsACompaction() throws Exception {
        deliver(60);
        expunge(allBut(60, 2));
        var closer = new Thread(store::close);
        steps.at(
                5,
                () -> {
                    closer.start();
                    while (closer.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
                });
        var e = assertThrows(StoreException.class, this::compact);
        assertEquals(Reason.UNAVAILABLE, e.reason());
        closer.join();
        steps.next = () -> {};
        open(WHEN_ASKED);
        verify();
        compact();
        verify();
        assertFalse(Copies.segments(dir.resolve("store")).isEmpty());
    }
}
