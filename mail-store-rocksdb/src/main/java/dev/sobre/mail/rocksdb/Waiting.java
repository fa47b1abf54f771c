package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A commit and the thread that waits for it. */
final class Waiting<T> {

    private final @Nullable Commit<T> commit;
    private final @Nullable Foresight foresight;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable Supplier<T> staged;

    /**
     * @param foresight what was asked ahead, if anything
     */
    Waiting(@Nullable Commit<T> commit, @Nullable Foresight foresight) {
        this.commit = commit;
        this.foresight = foresight;
    }

    /** Wakes the writer to see that it is to end. */
    static Waiting<Void> stop() {
        return new Waiting<>(null, null);
    }

    boolean isStop() {
        return commit == null;
    }

    boolean alone() {
        return commit != null && commit.alone();
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /**
     * Puts the commit into the group. A refusal is this commit's alone, unless it had put a part of
     * itself there already: then it spoils the group and is thrown.
     */
    void stage(Group group) throws IOException {
        if (commit == null) return;
        int before = group.size();
        group.foresee(foresight);
        try {
            T result = commit.stage(group);
            staged = () -> result;
        } catch (StoreException e) {
            if (group.size() != before) throw e;
            outcome.completeExceptionally(e);
        }
    }

    void complete() {
        if (staged != null) outcome.complete(staged.get());
    }

    void fail(StoreException reason) {
        outcome.completeExceptionally(reason);
    }

    T await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refusal) throw refusal;
            throw e;
        }
    }
}
