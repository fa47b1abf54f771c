package dev.sobre.imap;

import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;

/** What numbers mean in a mailbox that is not selected, where {@code $} is nothing. */
record IndexNumbers(MailStore store, MailboxId mailbox, MailboxIndex index) implements Numbers {

    @Override
    public UidSet sequence(SequenceSet set) {
        var meant = new UidSet.Builder();
        for (var range : set.resolve(index.size()).ranges()) {
            long last = Math.min(range.last(), index.size());
            for (long i = range.first() - 1; i < last; i++) meant.add(index.uid((int) i));
        }
        return meant.build();
    }

    @Override
    public UidSet uids(SequenceSet set) {
        return set.resolve(index.size() == 0 ? 0 : index.uid(index.size() - 1));
    }

    @Override
    public UidSet recent() {
        return UidSet.range(store.claimRecent(mailbox, 0), UidSet.HIGHEST);
    }
}
