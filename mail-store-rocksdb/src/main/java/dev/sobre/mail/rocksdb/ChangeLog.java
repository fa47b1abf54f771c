package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Changes;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened in a mailbox: arrivals and flags stand in the index, expunges on record. */
final class ChangeLog {

    private ChangeLog() {}

    /** The changes after a MODSEQ, as far as {@code now} shows them. */
    static Changes since(Engine engine, MailboxId mailbox, View now, long modSeq) {
        if (modSeq < now.state().floor()) return new Changes.TooOld(now.index().state());
        if (now.state().lastExpunge() <= modSeq) return since(engine, now, modSeq, UidSet.NONE);
        return engine.read(reads -> reads.atOnce(at -> vanished(at, mailbox, modSeq, now)))
                .map(gone -> since(engine, now, modSeq, gone))
                .orElseGet(() -> new Changes.TooOld(now.index().state()));
    }

    private static Changes since(Engine engine, View now, long modSeq, UidSet vanished) {
        var index = now.index();
        var updated =
                engine.ofMany(index.mostChangedSince(modSeq), () -> index.changedSince(modSeq));
        return new Changes.Since(updated, vanished, index.state());
    }

    /** What went after a change; empty when the record of it has been shortened meanwhile. */
    private static Optional<UidSet> vanished(Reads reads, MailboxId mailbox, long after, View now) {
        StoredState state = Mailboxes.readState(reads, mailbox);
        if (after < state.floor()) return Optional.empty();
        List<UidSet.Range> ranges = new ArrayList<>();
        reads.scan(
                Keys.of(Keys.CHANGE, mailbox, after + 1),
                Keys.of(Keys.CHANGE, mailbox, now.state().modSeq() + 1),
                (_, value) -> {
                    ranges.addAll(StoredUids.decode(value).ranges());
                    return true;
                });
        return Optional.of(UidSet.ofRanges(ranges));
    }
}
