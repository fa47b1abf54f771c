package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what a COPY has made that could not be finished, a few copies at a time. */
final class Undoing {

    private static final Logger LOG = LoggerFactory.getLogger(Undoing.class);

    private final Engine engine;
    private final CommitQueue queue;
    private final int expungesKept;
    private final ReentrantReadWriteLock copying = new ReentrantReadWriteLock();

    Undoing(Engine engine, CommitQueue queue, int expungesKept) {
        this.engine = engine;
        this.queue = queue;
        this.expungesKept = expungesKept;
    }

    /** Runs a COPY that may leave a note here; nobody takes it for one that was given up. */
    <T> T during(Supplier<T> copy) {
        copying.readLock().lock();
        try {
            return copy.get();
        } finally {
            copying.readLock().unlock();
        }
    }

    /** Undoes all that was given up, unless a COPY is being made. */
    void run() {
        if (!copying.writeLock().tryLock()) return;
        try {
            List<byte[]> notes = new ArrayList<>();
            engine.read(
                    reads -> {
                        reads.scan(Keys.prefix(Keys.COPYING), (key, _) -> notes.add(key));
                        return notes;
                    });
            notes.forEach(this::undoOrLeave);
        } catch (StoreException e) {
            LOG.debug("they stay noted", e);
        } finally {
            copying.writeLock().unlock();
        }
    }

    /** One that can't be undone, now or ever, keeps no other from it. */
    private void undoOrLeave(byte[] note) {
        try {
            undo(note);
        } catch (StoreException e) {
            LOG.debug("it stays noted", e);
        }
    }

    /** Undoes a COPY that has just failed, or leaves it to a later {@link #run}. */
    void undoNow(byte[] note) {
        try {
            undo(note);
        } catch (StoreException e) {
            LOG.warn("the first messages of a COPY that failed are there until later", e);
        }
    }

    private void undo(byte[] note) {
        boolean more = true;
        while (more) more = queue.run(Commit.byItself(group -> step(group, note)));
    }

    /** Removes some copies; says whether there may be more. */
    private boolean step(Group group, byte[] note) {
        MailboxId id = Keys.mailbox(note);
        var value = group.get(note);
        if (value.isEmpty()) return false;
        if (group.get(Keys.of(Keys.STATE, id)).isEmpty()) {
            group.delete(note); // the mailbox went, with all of them
            return false;
        }
        Working mailbox = group.indexed(id);
        UidSet left = mailbox.index().existing(StoredUids.decode(value.get()));
        UidSet some = UidSet.of(left.stream().limit(LargeCopy.SOME).toArray());
        Removal.stage(group, mailbox, some, expungesKept);
        boolean more = some.count() < left.count();
        if (more) group.put(note, StoredUids.encode(left.minus(some)));
        else group.delete(note);
        return more;
    }
}
