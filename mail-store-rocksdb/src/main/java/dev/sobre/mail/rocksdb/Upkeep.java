package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that frees space, woken by what is released. Whatever stops it stops nothing else, and
 * it tries again when more is released.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Engine engine;
    private final CommitQueue queue;
    private final SegmentWriter writer; // belongs to the queue's thread
    private final Segments segments;
    private final Chores chores;
    private final Changing changing;
    private final Pace pace;
    private final Worth worth;
    private final Clearing clearing;
    private final Forgetting forgetting;
    private final Saving saving;
    private final Compaction compaction;
    private final Retired retired;
    private final AtomicBoolean called = new AtomicBoolean();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("store-upkeep").factory());
    private volatile boolean closing;
    private String trouble = ""; // what was complained of last

    Upkeep(
            Home home,
            Engine engine,
            CommitQueue queue,
            SegmentWriter writer,
            Mailboxes mailboxes,
            Chores chores,
            Changing changing,
            Pace pace,
            Worth worth) {
        this.engine = engine;
        this.queue = queue;
        this.writer = writer;
        this.segments = writer.segments();
        this.chores = chores;
        this.changing = changing;
        this.pace = pace;
        this.worth = worth;
        this.clearing = new Clearing(engine, queue);
        this.forgetting = new Forgetting(engine, queue);
        this.saving = new Saving(engine, queue, mailboxes);
        this.retired = new Retired(segments, queue);
        this.compaction =
                new Compaction(home, engine, queue, segments, chores, this::moved, this::isUnread);
    }

    /** Takes up what an earlier process left to do, then what comes. */
    void start() {
        chores.whenever(this::wake);
        execute(
                () -> {
                    retired.load(engine);
                    retired.remove();
                    chores.look();
                    wake();
                });
    }

    /** Whichever thread has just seen to it says so. */
    private void isUnread(long segment) {
        retired.isUnread(segment);
        execute(retired::remove);
    }

    private void moved(long octets) {
        pace.moved(octets);
        if (closing) throw new CancellationException("the store closes");
    }

    private void wake() {
        if (called.compareAndSet(false, true)) execute(this::round);
    }

    private void execute(Runnable work) {
        try {
            thread.execute(() -> unlessClosing(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: left to the next start", e);
        }
    }

    private void unlessClosing(Runnable work) {
        try {
            if (!closing) work.run();
        } catch (CancellationException e) {
            LOG.debug("left to the next start", e);
        } catch (RuntimeException e) {
            complain(e);
        }
    }

    private void round() {
        called.set(false);
        takeIn();
        changing.undo();
        while (clearing.step()) moved(0);
        for (var next = chores.next(); next.isPresent(); next = chores.next()) {
            try {
                long freed = compaction.run(next.get(), worth);
                if (freed > 0) LOG.info("segment {}: {} octets freed", next.get(), freed);
                trouble = "";
                retired.remove(); // before there is need of more space
            } catch (IOException | StoreException e) {
                chores.again(next.get());
                complain(e);
                return;
            }
        }
        for (var id = chores.nextThreaded(); id.isPresent(); id = chores.nextThreaded()) {
            forget(id.get());
        }
        for (var id = chores.nextUnsaved(); id.isPresent(); id = chores.nextUnsaved()) {
            saving.run(id.get(), () -> moved(0));
        }
    }

    private void forget(AccountId account) {
        try {
            forgetting.run(account, () -> moved(0));
        } catch (StoreException e) {
            complain(e);
        }
    }

    private void takeIn() {
        try {
            segments.takeIn();
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(Exception e) {
        String now = String.valueOf(e.getMessage());
        if (now.equals(trouble)) return;
        trouble = now;
        LOG.warn("space could not be freed now, and mail goes on: {}", now, e);
    }

    /** Frees all that can be freed now, and waits until that is done. */
    CompactionProgress compact(Consumer<CompactionProgress> listener) {
        return meanwhileNothing(() -> all(listener));
    }

    /** Packs the index of a mailbox now. */
    void packIndex(MailboxId id) {
        meanwhileNothing(
                () -> {
                    saving.run(id, () -> {});
                    return id;
                });
    }

    /** Does something during which no segment is moved or removed, and waits for it. */
    <T> T meanwhileNothing(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread).join();
        } catch (RejectedExecutionException e) {
            throw closed(e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refusal) throw refusal;
            if (e.getCause() instanceof CancellationException) throw closed(e);
            if (e.getCause() instanceof RuntimeException of) throw of; // the caller's own
            throw e;
        }
    }

    private CompactionProgress all(Consumer<CompactionProgress> listener) {
        moved(0);
        while (clearing.step()) moved(0);
        forgetting.due().forEach(this::forget);
        queue.run(Commit.byItself(this::turn));
        List<Long> all = compaction.segments();
        var progress = new CompactionProgress(0, all.size(), 0, 0);
        for (long segment : all) {
            progress = progress.after(run(segment), compaction.isDamaged(segment));
            listener.accept(progress);
        }
        return progress;
    }

    private Integer turn(Group group) throws IOException {
        writer.turn();
        return group.size();
    }

    private long run(long segment) {
        try {
            long freed = compaction.run(segment, Worth.ANYTHING);
            retired.remove();
            return freed;
        } catch (IOException e) {
            throw Health.refusal(e, "a segment can't be moved now");
        }
    }

    private static StoreException closed(Exception cause) {
        return new StoreException(Reason.UNAVAILABLE, "the store is closed", cause);
    }

    /** Ends at once; what is half done is taken up by the next start. */
    @Override
    public void close() {
        closing = true;
        pace.stop();
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                if (thread.awaitTermination(1, TimeUnit.DAYS)) break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
