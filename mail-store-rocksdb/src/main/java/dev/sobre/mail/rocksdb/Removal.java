package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flag;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.Vanished;

/** The going of messages from a mailbox, and the record that is kept of it. */
final class Removal {

    private Removal() {}

    /** Removes messages that exist. The record reaches back over {@code kept} removals at least. */
    static Vanished stage(Group group, Working mailbox, UidSet gone, int kept) {
        var c = mailbox.counters();
        if (gone.isEmpty()) return new Vanished(gone, c.highestModSeq());
        MailboxIndex index = mailbox.index();
        long modSeq = c.highestModSeq() + 1;
        int unseen = c.unseen();
        long octets = c.octets();
        for (int at : Positions.of(index, gone)) {
            if (!index.flags(at).has(Flag.SEEN)) unseen--;
            octets -= index.octets(at);
            delete(group, mailbox, index.uid(at));
        }
        int messages = c.messages() - (int) gone.count();
        group.held(mailbox.id.account()).take(new Usage(c.octets() - octets, gone.count()));
        var counters =
                new MailboxState(c.uidValidity(), c.uidNext(), modSeq, messages, unseen, octets);
        group.put(Keys.of(Keys.CHANGE, mailbox.id, modSeq), StoredUids.encode(gone));
        StoredState after = recorded(group, mailbox, modSeq, kept).with(counters);
        mailbox.step(new Delta.Removed(after, gone));
        return new Vanished(gone, modSeq);
    }

    private static void delete(Group group, Working mailbox, long uid) {
        byte[] key = Keys.of(Keys.MESSAGE, mailbox.id, uid);
        group.get(key).ifPresent(m -> group.refer(MessageRecord.body(m), -1));
        group.delete(key);
        group.changeRow(mailbox, uid);
        group.delete(Keys.of(Keys.ROW, mailbox.id, uid));
    }

    /**
     * Counts the record; one that has grown to twice what is kept loses all but its newest part.
     */
    private static StoredState recorded(Group group, Working mailbox, long modSeq, int kept) {
        var s = mailbox.state();
        if (s.expunges() + 1 < 2L * kept) {
            return new StoredState(s.counters(), s.floor(), modSeq, s.expunges() + 1);
        }
        byte[] all = Keys.of(Keys.CHANGE, mailbox.id);
        long[] last = {s.floor()};
        int[] drop = {s.expunges() - kept};
        group.read(
                reads -> {
                    reads.scan(
                            all,
                            (key, _) -> {
                                last[0] = Keys.last(key);
                                return --drop[0] > 0;
                            });
                    return last;
                });
        group.deleteRange(all, Keys.of(Keys.CHANGE, mailbox.id, last[0] + 1));
        return new StoredState(s.counters(), last[0], modSeq, kept + 1);
    }
}
