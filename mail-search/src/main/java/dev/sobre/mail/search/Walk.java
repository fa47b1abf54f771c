package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.util.PrimitiveIterator;

/** Goes over messages of a mailbox in turns, in UID order. */
final class Walk {

    /** So many messages are asked of the store in one go. */
    private static final int HANDFUL = 64;

    /** Takes a message and its position in the mailbox. */
    interface Visitor {
        void visit(int at, Message message);
    }

    private final MailStore store;
    private final MailboxId mailbox;
    private final MailboxIndex now;
    private final PrimitiveIterator.OfInt left;
    private final Runnable check;

    Walk(MailStore store, MailboxId mailbox, MailboxIndex now, UidSet which, Runnable check) {
        this.store = store;
        this.mailbox = mailbox;
        this.now = now;
        this.left = now.positions(which);
        this.check = check;
    }

    /**
     * Goes on until a time. Returns whether there is more.
     *
     * @param until in {@link System#nanoTime}
     */
    boolean turn(long until, Visitor visitor) {
        while (left.hasNext()) {
            some(visitor);
            if (System.nanoTime() > until) return left.hasNext();
        }
        return false;
    }

    private void some(Visitor visitor) {
        var uids = new UidSet.Builder();
        for (int i = 0; i < HANDFUL && left.hasNext(); i++) uids.add(now.uid(left.nextInt()));
        try (var messages = store.messages(mailbox, uids.build())) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                check.run();
                Message message = next.get();
                int at = now.find(message.uid());
                if (at >= 0) visitor.visit(at, message);
            }
        }
    }
}
