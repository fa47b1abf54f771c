package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.UidSet;

/**
 * What follows a rename of INBOX, which only makes the new mailbox: the messages that INBOX has
 * then go there, some with each commit, so that no other commit waits long (RFC 9051 §6.3.6). One
 * that is interrupted leaves each message in one of the two.
 */
final class InboxRename {

    private static final int SOME = 500;

    private final Mailboxes mailboxes;
    private final CommitQueue queue;
    private final int expungesKept;

    InboxRename(Mailboxes mailboxes, CommitQueue queue, int expungesKept) {
        this.mailboxes = mailboxes;
        this.queue = queue;
        this.expungesKept = expungesKept;
    }

    static boolean isOne(MailboxChange change) {
        return change instanceof MailboxChange.Rename(var from, _)
                && MailboxName.canonical(from).equals(Mailbox.INBOX);
    }

    void run(MailboxId inbox, MailboxId to) {
        MailboxIndex all = mailboxes.view(inbox).index();
        for (int at = 0; at < all.size(); at += SOME) {
            var uids = new UidSet.Builder();
            for (int i = at; i < Math.min(all.size(), at + SOME); i++) uids.add(all.uid(i));
            mailboxes.view(inbox); // read by this thread, so that the writer does not have to
            queue.run(new CopyMessages(inbox, uids.build(), to, true, expungesKept));
        }
    }
}
