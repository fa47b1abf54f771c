package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;

/** The removal of those messages of a set that have {@code \Deleted}. */
record ExpungeDeleted(MailboxId id, UidSet uids, int kept) implements Commit<Vanished> {

    @Override
    public Vanished stage(Group group) {
        Working mailbox = group.indexed(id);
        UidSet gone = Positions.deleted(mailbox.index(), uids);
        return Removal.stage(group, mailbox, gone, kept);
    }
}
