package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import java.util.ArrayList;
import java.util.List;

/** Packs what has changed of the indexes of large mailboxes, in the background. */
final class Saving {

    private static final int FEW = 32; // parts: a commit that keeps others waiting a moment only

    private final Engine engine;
    private final CommitQueue queue;
    private final Mailboxes mailboxes;

    Saving(Engine engine, CommitQueue queue, Mailboxes mailboxes) {
        this.engine = engine;
        this.queue = queue;
        this.mailboxes = mailboxes;
    }

    /**
     * Packs the parts of a mailbox that are not.
     *
     * @param pause is called between commits; it may throw to end this
     */
    void run(MailboxId id, Runnable pause) {
        var view = mailboxes.known(id);
        if (view.isEmpty()) return;
        List<Long> parts = unsaved(id, view.get().index());
        for (int from = 0; from < parts.size(); from += FEW) {
            pause.run();
            var some = parts.subList(from, Math.min(parts.size(), from + FEW));
            if (!queue.run(new SaveIndex(id, some))) return;
        }
    }

    private List<Long> unsaved(MailboxId id, MailboxIndex index) {
        List<Long> parts = new ArrayList<>();
        long uidNext = index.state().uidNext();
        for (int at = 0; at < index.size(); ) {
            long part = SavedIndex.part(index.uid(at));
            if (!SavedIndex.isWhole(part, uidNext)) break;
            boolean saved = engine.read(reads -> SavedIndex.isSaved(reads, index, id, part));
            if (!saved) parts.add(part);
            int after = index.find(SavedIndex.first(part + 1));
            at = after < 0 ? -after - 1 : after;
        }
        return parts;
    }
}
