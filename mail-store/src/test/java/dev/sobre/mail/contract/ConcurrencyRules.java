package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.delivery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Appended;
import dev.sobre.mail.Changes;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Many threads at once; each on its own virtual thread, as sessions are. */
interface ConcurrencyRules extends StoreUnderTest {

    int WRITERS = 8;
    int STEPS = 40;

    /** Someone who keeps a copy of a mailbox by asking for changes only. */
    final class Replica {
        private final TreeMap<Long, Flags> messages = new TreeMap<>();
        private long modSeq;

        void apply(Changes.Since changes) {
            long now = changes.state().highestModSeq();
            assertTrue(now >= modSeq, "MODSEQ went back");
            for (var u : changes.updated()) {
                assertTrue(u.modSeq() > modSeq && u.modSeq() <= now, "MODSEQ out of its step");
                assertTrue(u.uid() < changes.state().uidNext(), "UID beyond UIDNEXT");
                messages.put(u.uid(), u.flags());
            }
            messages.keySet().removeIf(changes.vanished()::contains);
            assertEquals(changes.state().messages(), messages.size(), "something was missed");
            modSeq = now;
        }
    }

    /** Lesson 24: whoever follows the changes misses none, in whatever moment he asks. */
    @Test
    default void whoFollowsTheChangesMissesNone() throws Exception {
        MailboxId mailbox = inbox();
        var hints = new LinkedBlockingQueue<MailboxId>();
        var done = new AtomicBoolean();
        var replica = new Replica();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var subscription = store().watch(ann().id(), hints::add)) {
            assertEquals(false, subscription == null);
            Future<?> reader =
                    threads.submit(
                            () -> {
                                while (!done.get()) {
                                    hints.poll(50, TimeUnit.MILLISECONDS);
                                    replica.apply(changes(mailbox, replica.modSeq));
                                }
                                return replica;
                            });
            all(threads, WRITERS, writer -> () -> work(mailbox, writer));
            done.set(true);
            reader.get(60, TimeUnit.SECONDS);
        }
        replica.apply(changes(mailbox, replica.modSeq));
        var index = store().index(mailbox);
        assertEquals(StoreUnderTest.uids(index), List.copyOf(replica.messages.keySet()));
        for (int at = 0; at < index.size(); at++) {
            assertEquals(index.flags(at), replica.messages.get(index.uid(at)));
        }
    }

    private Changes.Since changes(MailboxId mailbox, long since) {
        return assertInstanceOf(Changes.Since.class, store().changes(mailbox, since));
    }

    private Integer work(MailboxId mailbox, int writer) {
        for (int step = 0; step < STEPS; step++) {
            long uid = append(mailbox, "text " + writer).uid();
            var kind = FlagChange.Kind.ADD;
            var flags = step % 4 == 3 ? Flags.DELETED : Flags.SEEN;
            store().store(mailbox, UidSet.of(uid), new FlagChange(kind, flags), Long.MAX_VALUE);
            if (step % 8 == 7) store().expunge(mailbox, UidSet.ALL);
        }
        return writer;
    }

    /** Lesson 24: an index holds everything up to its MODSEQ and nothing beyond. */
    @Test
    default void anIndexIsOneMoment() throws Exception {
        MailboxId mailbox = inbox();
        Set<Long> uids = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var appended =
                    all(
                            threads,
                            WRITERS,
                            writer ->
                                    () -> {
                                        List<Appended> mine = new ArrayList<>();
                                        for (int i = 0; i < STEPS; i++) {
                                            var two = List.of(delivery("a"), delivery("b"));
                                            mine.addAll(store().append(mailbox, two));
                                            isWhole(mailbox, mine.getLast());
                                        }
                                        return mine;
                                    });
            appended.forEach(list -> list.forEach(a -> assertTrue(uids.add(a.uid()), "UID twice")));
        }
        assertEquals(WRITERS * STEPS * 2, uids.size());
        assertEquals(uids, new HashSet<>(StoreUnderTest.uids(store().index(mailbox))));
    }

    private void isWhole(MailboxId mailbox, Appended mine) {
        var index = store().index(mailbox);
        long highest = index.state().highestModSeq();
        assertTrue(highest >= mine.modSeq(), "my own change is not visible");
        assertTrue(index.find(mine.uid()) >= 0, "my own message is not visible");
        assertEquals(index.state().messages(), index.size());
        assertEquals(0, index.size() % 2, "half of an append is visible");
        for (int at = 0; at < index.size(); at++) {
            assertTrue(index.modSeq(at) <= highest && index.uid(at) < index.state().uidNext());
        }
    }

    @Test
    default void movingToAndFroEndsAndLosesNothing() throws Exception {
        for (int i = 0; i < 10; i++) append(inbox(), "text " + i);
        MailboxId there = mailbox("Archive");
        MailboxId here = inbox();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all(
                    threads,
                    4,
                    mover ->
                            () -> {
                                for (int i = 0; i < 10; i++) {
                                    boolean out = mover % 2 == 0;
                                    store().copy(
                                                    out ? here : there,
                                                    UidSet.ALL,
                                                    out ? there : here,
                                                    true);
                                }
                                return mover;
                            });
        }
        Set<String> texts = new HashSet<>(texts(here));
        texts.addAll(texts(there));
        assertEquals(10, texts.size());
        assertEquals(10, store().state(here).messages() + store().state(there).messages());
    }

    @Test
    default void theSameDeliveryFromManyThreadsIsStoredOnce() throws Exception {
        MailboxId mailbox = inbox();
        var mail = delivery("text");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done =
                    all(
                            threads,
                            WRITERS,
                            writer -> () -> store().append(mailbox, List.of(mail)).getFirst());
            assertEquals(1, new HashSet<>(done).size());
        }
        assertEquals(1, store().state(mailbox).messages());
    }

    @Test
    default void anEntryIsClaimedByOneWorker() throws Exception {
        var entries = new Spool.Entry[40];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Spool.Entry(i + "@x", "x", DATE, 0, "");
        }
        var mail =
                new Submission(
                        DeliveryId.random(),
                        "",
                        StoreUnderTest.source("text"),
                        DATE,
                        List.of(),
                        List.of(entries));
        store().accept(mail);
        Set<String> claimed = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lease = Duration.ofHours(1);
            var all = all(threads, WRITERS, w -> () -> store().spool().claim(DATE, lease, 7));
            for (var claims : all) {
                for (var c : claims) assertTrue(claimed.add(c.entry().recipient()));
            }
        }
        assertEquals(40, claimed.size());
    }

    private static <T> List<T> all(
            ExecutorService threads, int count, IntFunction<Callable<T>> task) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) running.add(threads.submit(task.apply(i)));
        List<T> results = new ArrayList<>();
        for (var future : running) results.add(future.get(60, TimeUnit.SECONDS));
        return results;
    }
}
