package dev.sobre.mail.rocksdb;

import dev.sobre.mail.CopyResult;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.util.ArrayList;
import java.util.List;

/**
 * STORE, EXPUNGE, COPY and MOVE. Those of very many messages are several commits, so that they need
 * memory for some messages only and no other commit waits long.
 */
final class Changing {

    private static final int MANY = 5000; // rows that one commit changes

    private final Engine engine;
    private final CommitQueue queue;
    private final Mailboxes mailboxes;
    private final Undoing undoing;
    private final int expungesKept;

    Changing(Engine engine, CommitQueue queue, Mailboxes mailboxes, int expungesKept) {
        this.engine = engine;
        this.queue = queue;
        this.mailboxes = mailboxes;
        this.undoing = new Undoing(engine, queue, expungesKept);
        this.expungesKept = expungesKept;
    }

    /** Undoes what COPYs that could not be finished have made. */
    void undo() {
        undoing.run();
    }

    /** One that fails in the middle has changed a part. */
    StoreResult store(MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince) {
        // The index is read by this thread, so that the writer does not have to.
        MailboxIndex index = mailboxes.view(mailbox).index();
        List<Updated> changed = new ArrayList<>();
        UidSet modified = UidSet.NONE;
        long modSeq = 0;
        for (var part : engine.ofMany(index.count(uids), () -> parts(uids, index.existing(uids)))) {
            var done = queue.run(new StoreFlags(mailbox, part, change, unchangedSince));
            changed.addAll(done.changed());
            modified = modified.plus(done.modified());
            modSeq = done.highestModSeq();
        }
        return new StoreResult(changed, modified, modSeq);
    }

    /** One that fails in the middle has removed a part. */
    Vanished expunge(MailboxId mailbox, UidSet uids) {
        MailboxIndex index = mailboxes.view(mailbox).index();
        UidSet gone = UidSet.NONE;
        long modSeq = 0;
        for (var part :
                engine.ofMany(
                        index.count(uids), () -> parts(uids, Positions.deleted(index, uids)))) {
            var done = queue.run(new ExpungeDeleted(mailbox, part, expungesKept));
            gone = gone.plus(done.uids());
            modSeq = done.modSeq();
        }
        return new Vanished(gone, modSeq);
    }

    /** What was asked for where it is not much, else so much at a time of what there is. */
    private static List<UidSet> parts(UidSet asked, UidSet existing) {
        if (existing.count() <= MANY) return List.of(asked);
        long[] uids = existing.stream().toArray();
        List<UidSet> parts = new ArrayList<>();
        for (int from = 0; from < uids.length; from += MANY) {
            int last = Math.min(uids.length, from + MANY) - 1;
            parts.add(existing.intersect(UidSet.range(uids[from], uids[last])));
        }
        return parts;
    }

    CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move) {
        MailboxIndex index = mailboxes.view(from).index();
        if (!index.keywords().isEmpty()) mailboxes.view(to);
        var copy = new CopyMessages(from, uids, to, move, expungesKept);
        int count = index.count(uids);
        if (count <= LargeCopy.SOME) return queue.run(copy);
        List<Long> existing =
                engine.ofMany(count, () -> index.existing(uids).stream().boxed().toList());
        var large = new LargeCopy(copy, existing);
        return undoing.during(() -> large.run(queue, undoing));
    }
}
