package dev.sobre.imap;

import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.UidSet;

/** What numbers mean in the mailbox that is searched: those of the client, and {@code \Recent}. */
interface Numbers {

    /** The messages with sequence numbers of a set; numbers beyond the last are none's. */
    UidSet sequence(SequenceSet set);

    /** The messages with UIDs of a set. */
    UidSet uids(SequenceSet set);

    UidSet recent();
}
