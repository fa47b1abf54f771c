package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets threads of which an account has no message left, so that its table of threads does not
 * grow with mail that comes and goes.
 */
final class Forgetting {

    private static final int FEW = 1000; // entries that one commit removes

    private final Engine engine;
    private final CommitQueue queue;

    Forgetting(Engine engine, CommitQueue queue) {
        this.engine = engine;
        this.queue = queue;
    }

    /** The accounts of which messages went since their threads were looked at. */
    List<AccountId> due() {
        List<AccountId> due = new ArrayList<>();
        return engine.read(
                reads -> {
                    reads.scan(
                            Keys.prefix(Keys.USAGE),
                            (key, value) -> {
                                if (Held.gone(value) > 0) due.add(new AccountId(Keys.last(key)));
                                return true;
                            });
                    return due;
                });
    }

    /**
     * Looks at all threads of an account.
     *
     * @param pause is called now and then; it may throw to end this
     */
    void run(AccountId account, Runnable pause) {
        byte[] value = engine.read(reads -> reads.get(Keys.usage(account))).orElse(new byte[0]);
        if (value.length == 0) return;
        long gone = Held.gone(value);
        var use = new ThreadsInUse(account, Held.decode(value).messages());
        engine.read(reads -> use.look(reads, pause));
        byte[] from = Keys.of(Keys.THREAD, account);
        for (var some = unused(use, from); !some.isEmpty(); some = unused(use, from)) {
            var keys = some;
            pause.run();
            queue.run(Commit.byItself(group -> forget(group, use, keys)));
            from = Keys.after(keys.getLast());
        }
        queue.run(group -> group.held(account).looked(gone));
    }

    private List<byte[]> unused(ThreadsInUse use, byte[] from) {
        List<byte[]> unused = new ArrayList<>();
        byte[] end = Keys.after(Keys.of(Keys.THREAD, use.account));
        return engine.read(
                reads -> {
                    reads.scan(
                            from,
                            end,
                            (key, thread) -> {
                                if (!use.has(Threads.decode(thread))) unused.add(key);
                                return unused.size() < FEW;
                            });
                    return unused;
                });
    }

    /** In a commit of its own: no mail comes between the last look and this. */
    private static Integer forget(Group group, ThreadsInUse use, List<byte[]> keys) {
        group.read(reads -> use.look(reads, () -> {}));
        for (byte[] key : keys) {
            var thread = group.get(key).map(Threads::decode);
            if (thread.isPresent() && !use.has(thread.get())) group.delete(key);
        }
        return keys.size();
    }
}
