package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that fails takes none of its neighbours in the group with it. */
class SpoiltGroupTest {

    @TempDir Path dir;

    @Test
    void neighboursOfAFailureAreCommittedOnce() throws Exception {
        Home home = Home.enter(dir);
        try (var log = new LogLines(CommitQueue.class);
                var engine = Engine.open(home, StoreSettings.small());
                var segments = new Segments(home)) {
            var mailboxes = new Mailboxes(engine, 1000);
            var health = new Health(home, engine::catchUp);
            var writer = new SegmentWriter(segments, StoreSettings.small(), CommitPoint.NONE);
            var chores = new Chores(segments, Worth.of(StoreSettings.small()));
            try (var queue =
                    new CommitQueue(engine, writer, mailboxes, health, id -> {}, chores, 100)) {
                commitTogether(queue);
            }
            for (int i = 0; i < 20; i++) {
                byte[] key = key(i);
                boolean there = engine.read(reads -> reads.get(key).isPresent());
                assertEquals(i != 7 && i != 11, there, "commit " + i);
            }
            assertTrue(log.lines().stream().anyMatch(line -> line.contains("bug")));
        }
        home.close();
    }

    /** Holds the writer up until twenty commits wait, two of which fail halfway. */
    private static void commitTogether(CommitQueue queue) throws Exception {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holdUp = threads.submit(() -> queue.run(group -> waitFor(go)));
            List<CompletableFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                waiting.add(
                        CompletableFuture.supplyAsync(
                                () -> queue.run(group -> put(group, number)), threads));
            }
            go.countDown();
            assertTrue(holdUp.get());
            for (int i = 0; i < 20; i++) {
                var one = waiting.get(i);
                if (i == 7) assertReason(Reason.DAMAGED, one);
                else if (i == 11) assertReason(Reason.UNAVAILABLE, one);
                else assertEquals(i, one.get());
            }
        }
    }

    private static boolean waitFor(CountDownLatch go) {
        try {
            go.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int put(Group group, int number) {
        group.put(key(number), new byte[] {1});
        if (number == 7) throw new StoreException(Reason.DAMAGED, "halfway");
        if (number == 11) throw new IllegalStateException("a bug");
        return number;
    }

    private static void assertReason(Reason reason, CompletableFuture<Integer> one) {
        var failure = assertThrows(Exception.class, one::get);
        var cause = assertInstanceOf(StoreException.class, failure.getCause());
        assertEquals(reason, cause.reason());
    }

    private static byte[] key(int number) {
        return ("test" + number).getBytes(StandardCharsets.US_ASCII);
    }
}
