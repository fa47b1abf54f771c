package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.UidSet;

/**
 * A rename of INBOX: the messages it has move to a new mailbox (RFC 9051 §6.3.6), so many with the
 * commit that makes it, and the others some at a time, so that no delivery waits long. One that is
 * interrupted leaves each message in one of the two.
 */
final class InboxRename {

    private static final int SOME = 500;

    private final MailboxChange.Rename change;
    private final MailboxId inbox;
    private final int expungesKept;
    private long last; // the highest UID there was
    private long done; // up to this UID all were moved

    InboxRename(MailboxChange.Rename change, MailboxId inbox, int expungesKept) {
        this.change = change;
        this.inbox = inbox;
        this.expungesKept = expungesKept;
    }

    static boolean isOne(MailboxChange.Rename change) {
        return MailboxName.canonical(change.from()).equals(Mailbox.INBOX);
    }

    Mailbox run(CommitQueue queue, Mailboxes mailboxes, FolderLists folders) {
        mailboxes.view(inbox); // read by this thread, so that the writer does not have to
        Mailbox made = queue.run(Commit.byItself(group -> begin(group, folders)));
        while (done < last) {
            var some = next(mailboxes.view(inbox).index());
            queue.run(move(some, made.id()));
        }
        return made;
    }

    private Mailbox begin(Group group, FolderLists folders) {
        AccountId account = inbox.account();
        Mailbox made = new AlterFolders(group, account, folders).apply(change);
        MailboxIndex index = group.indexed(inbox).index();
        last = index.size() == 0 ? 0 : index.uid(index.size() - 1);
        done = 0;
        move(next(index), made.id()).stage(group);
        return made;
    }

    /** The next messages; when there are none left that were there, the rename is done. */
    private UidSet next(MailboxIndex index) {
        var some = new UidSet.Builder();
        int from = index.find(done + 1);
        int at = from < 0 ? -from - 1 : from;
        int end = Math.min(index.size(), at + SOME);
        for (; at < end && index.uid(at) <= last; at++) some.add(index.uid(at));
        done = at < index.size() ? index.uid(at) - 1 : last;
        return some.build();
    }

    private CopyMessages move(UidSet uids, MailboxId to) {
        return new CopyMessages(inbox, uids, to, true, expungesKept);
    }
}
