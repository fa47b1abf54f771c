package dev.sobre.mail.rocksdb;

import dev.sobre.mail.CopyResult;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;

/**
 * COPY or MOVE of many messages: some with each commit, so that no other commit waits long and
 * memory is needed for some only. A COPY is made whole or undone (RFC 9051 §6.4.7); a MOVE may end
 * in the middle, with each message in one of the two mailboxes (RFC 6851 §3.3).
 */
final class LargeCopy {

    /** Up to so many messages are one commit. */
    static final int SOME = 500;

    /** What a commit did, and the key of the note that names all copies so far. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Part(CopyResult done, byte[] note) {}

    private final CopyMessages whole;
    private final List<Long> existing; // UIDs, ascending
    private final List<Long> originals = new ArrayList<>();
    private final List<Long> copies = new ArrayList<>();
    private CopyResult last = new CopyResult(0, List.of(), List.of(), 0, 0);
    private UidSet made = UidSet.NONE; // the copies
    private byte[] note = {};

    LargeCopy(CopyMessages whole, List<Long> existing) {
        this.whole = whole;
        this.existing = existing;
    }

    CopyResult run(CommitQueue queue, Undoing undoing) {
        try {
            for (int from = 0; from < existing.size(); from += SOME) {
                int end = Math.min(existing.size(), from + SOME);
                boolean first = from == 0;
                var some = UidSet.of(existing.subList(from, end));
                boolean more = end < existing.size();
                add(queue.run(group -> copy(group, some, first, more)));
            }
        } catch (StoreException e) {
            if (note.length > 0) undoing.undoNow(note);
            throw e;
        }
        return new CopyResult(
                last.uidValidity(), originals, copies, last.modSeq(), last.vanishedModSeq());
    }

    private Part copy(Group group, UidSet some, boolean first, boolean more) {
        if (first) whole.requireRoom(group);
        CopyResult done = whole.only(some).stage(group);
        boolean isNoted = note.length > 0;
        if (whole.move() || (!isNoted && done.to().isEmpty())) return new Part(done, note);
        byte[] key = isNoted ? note : Keys.of(Keys.COPYING, whole.to(), done.to().getFirst());
        if (more) group.put(key, StoredUids.encode(made.plus(UidSet.of(done.to()))));
        else group.delete(key);
        return new Part(done, key);
    }

    private void add(Part part) {
        note = part.note;
        originals.addAll(part.done.from());
        copies.addAll(part.done.to());
        made = made.plus(UidSet.of(part.done.to()));
        long vanished = Math.max(last.vanishedModSeq(), part.done.vanishedModSeq());
        last =
                new CopyResult(
                        part.done.uidValidity(),
                        List.of(),
                        List.of(),
                        part.done.modSeq(),
                        vanished);
    }
}
