package dev.sobre.imap;

import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.IdentityHashMap;

/**
 * What numbers mean in a search that is updated: sequence numbers and {@code $} what they meant at
 * first (RFC 5267 §4.3), UIDs and {@code *} among them what they mean now.
 */
final class ContextNumbers implements Numbers {

    private final MailboxView view;
    private final IdentityHashMap<SequenceSet, UidSet> fixed = new IdentityHashMap<>();
    private long lastUid;

    ContextNumbers(MailboxView view) {
        this.view = view;
        this.lastUid = view.lastUid();
    }

    /** The mailbox has moved on. */
    void now(MailboxIndex index) {
        lastUid = index.size() == 0 ? 0 : index.uid(index.size() - 1);
    }

    @Override
    public UidSet sequence(SequenceSet set) {
        return fixed.computeIfAbsent(set, view::sequence);
    }

    @Override
    public UidSet uids(SequenceSet set) {
        return set.isSaved() ? sequence(set) : set.resolve(lastUid);
    }

    @Override
    public UidSet recent() {
        return view.recent();
    }
}
