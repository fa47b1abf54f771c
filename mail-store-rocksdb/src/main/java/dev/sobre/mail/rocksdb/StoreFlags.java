package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.KeywordLimits;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;

/** A change of flags. All messages that it changes get one new MODSEQ. */
record StoreFlags(MailboxId id, UidSet uids, FlagChange change, long unchangedSince)
        implements Commit<StoreResult> {

    @Override
    public StoreResult stage(Group group) {
        Working mailbox = group.indexed(id);
        MailboxIndex index = mailbox.index();
        long modSeq = mailbox.counters().highestModSeq() + 1;
        var modified = new UidSet.Builder();
        List<Updated> asAsked = new ArrayList<>();
        List<Updated> changed = new ArrayList<>();
        int unseen = mailbox.counters().unseen();
        for (int at : Positions.of(index, uids)) {
            Flags before = index.flags(at);
            Flags after = change.apply(before);
            if (index.modSeq(at) > unchangedSince) { // RFC 7162 §3.1.3
                modified.add(index.uid(at));
            } else if (after.equals(before)) {
                asAsked.add(new Updated(index.uid(at), before, index.modSeq(at)));
            } else {
                unseen += unseen(after) - unseen(before);
                changed.add(new Updated(index.uid(at), after, modSeq));
                asAsked.add(changed.getLast());
            }
        }
        KeywordLimits.require(index.keywords(), changed.stream().map(Updated::flags).toList());
        for (var each : changed) write(group, mailbox, index, each);
        if (!changed.isEmpty()) mailbox.step(step(mailbox, changed, unseen, modSeq));
        return new StoreResult(asAsked, modified.build(), mailbox.counters().highestModSeq());
    }

    private void write(Group group, Working mailbox, MailboxIndex index, Updated changed) {
        int at = index.find(changed.uid());
        var row =
                new Row(
                        changed.uid(),
                        changed.flags(),
                        changed.modSeq(),
                        index.octets(at),
                        index.internalDate(at),
                        index.savedDate(at));
        group.changeRow(mailbox, row.uid());
        group.put(Keys.of(Keys.ROW, id, row.uid()), IndexRow.encode(row));
    }

    private static Delta step(Working mailbox, List<Updated> changed, int unseen, long modSeq) {
        var c = mailbox.counters();
        var now =
                new MailboxState(
                        c.uidValidity(), c.uidNext(), modSeq, c.messages(), unseen, c.octets());
        return new Delta.Changed(mailbox.state().with(now), changed);
    }

    private static int unseen(Flags flags) {
        return flags.has(Flag.SEEN) ? 0 : 1;
    }
}
