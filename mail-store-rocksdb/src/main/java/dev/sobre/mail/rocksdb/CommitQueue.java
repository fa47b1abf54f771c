package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes all commits that wait, makes them durable as one group, then answers them.
 * Callers may be virtual threads; they park.
 */
final class CommitQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);

    private static final int MANY = 8; // to wake so many is sooner another thread's work

    private final LinkedBlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
    private final Engine engine;
    private final SegmentWriter bodies;
    private final Mailboxes mailboxes;
    private final Health health;
    private final Consumer<MailboxId> hints;
    private final Chores chores;
    private final Lately lately = new Lately();
    private final int most;
    private final Thread writer;
    private @Nullable Waiting<?> next; // taken from the queue already; the writer thread's
    private volatile boolean stopping;

    CommitQueue(
            Engine engine,
            SegmentWriter bodies,
            Mailboxes mailboxes,
            Health health,
            Consumer<MailboxId> hints,
            Chores chores,
            int most) {
        this.engine = engine;
        this.bodies = bodies;
        this.mailboxes = mailboxes;
        this.health = health;
        this.hints = hints;
        this.chores = chores;
        this.most = most;
        this.writer = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
    }

    /** To ask ahead for what a commit will ask for. */
    Foresight foresight() {
        return new Foresight(engine, lately.moment());
    }

    /** Has a commit made and waits until it is durable. */
    <T> T run(Commit<T> commit) {
        return run(new Waiting<>(commit, null));
    }

    /** The same for one of which it was asked ahead what it will ask for. */
    <T> T run(Commit<T> commit, Foresight foresight) {
        return run(new Waiting<>(commit, foresight));
    }

    private <T> T run(Waiting<T> waiting) {
        queue.add(waiting);
        if (stopping && queue.remove(waiting)) waiting.fail(closed());
        return waiting.await();
    }

    /** Has a commit made in its turn; nobody waits, and nobody hears when it fails. */
    void add(Commit<?> commit) {
        var waiting = new Waiting<>(commit, null);
        queue.add(waiting);
        if (stopping) queue.remove(waiting);
    }

    private void run() {
        try {
            while (!stopping || next != null || !queue.isEmpty()) {
                commitOrFail(take());
            }
        } catch (InterruptedException e) {
            LOG.debug("the writer ends", e);
        } finally {
            stopping = true;
            queue.forEach(w -> w.fail(closed()));
            bodies.finish();
        }
    }

    /** What waits: one commit that must be alone, or as many others as may share a group. */
    private List<Waiting<?>> take() throws InterruptedException {
        List<Waiting<?>> group = new ArrayList<>();
        Waiting<?> first = next != null ? next : awaited();
        next = null;
        if (first.isStop()) return group;
        group.add(first);
        while (!first.alone() && group.size() < most) {
            Waiting<?> further = queue.poll();
            if (further == null) break;
            if (further.isStop()) continue;
            if (further.alone()) {
                next = further;
                break;
            }
            group.add(further);
        }
        return group;
    }

    private Waiting<?> awaited() throws InterruptedException {
        while (bodies.unsettled()) {
            Waiting<?> soon = queue.poll(1, TimeUnit.SECONDS);
            if (soon != null) return soon;
            settle();
        }
        return queue.take();
    }

    private void settle() {
        try {
            bodies.settle();
        } catch (IOException e) {
            health.failed(e);
            bodies.close();
        }
    }

    /** Whatever happens, nobody is left waiting. */
    private void commitOrFail(List<Waiting<?>> group) {
        try {
            if (!group.isEmpty()) commit(group);
        } catch (Error e) {
            LOG.error("the writer ends: the store takes no changes until it is opened again", e);
            group.forEach(w -> w.fail(closed()));
            throw e;
        }
    }

    private void commit(List<Waiting<?>> waiting) {
        List<MailboxId> touched = List.of();
        try {
            var group = new Group(engine, bodies, mailboxes, chores, lately);
            health.requireWritable();
            for (var w : waiting) w.stage(group);
            group.commit();
            publish(group);
            touched = group.touched();
            answer(waiting);
        } catch (StoreException e) {
            rollback();
            if (waiting.size() == 1) waiting.getFirst().fail(e);
            else oneByOne(waiting);
        } catch (IOException | RocksDBException e) {
            rollback();
            StoreException reason = health.failed(e);
            waiting.forEach(w -> w.fail(reason));
        } catch (RuntimeException e) {
            rollback();
            LOG.error("a commit failed by a bug", e);
            var bug = new StoreException(Reason.UNAVAILABLE, "internal error", e);
            if (waiting.size() == 1) waiting.getFirst().fail(bug);
            else oneByOne(waiting);
        }
        touched.forEach(hints);
    }

    /** The writer goes on with the next group while those who wait for a large one are woken. */
    private static void answer(List<Waiting<?>> waiting) {
        if (waiting.size() < MANY) waiting.forEach(Waiting::complete);
        else Thread.startVirtualThread(() -> waiting.forEach(Waiting::complete));
    }

    private void rollback() {
        bodies.rollback();
        lately.clear(); // it may be durable, and shown later
    }

    private void publish(Group group) {
        try {
            group.publish();
        } catch (RuntimeException e) {
            LOG.error("a commit is durable but could not be shown: all is read again", e);
            mailboxes.forgetAll();
        }
    }

    /** Tries again those that shared a group with one that spoilt it. */
    private void oneByOne(List<Waiting<?>> waiting) {
        for (var w : waiting) if (!w.isDone()) commit(List.of(w));
    }

    private static StoreException closed() {
        return new StoreException(Reason.UNAVAILABLE, "the store is closed");
    }

    /** Commits what waits, then ends the writer. */
    @Override
    public void close() {
        stopping = true;
        queue.add(Waiting.stop());
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
