package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.util.List;

/** One step from a mailbox's index to the next. */
sealed interface Delta {

    /** The mailbox's counters after the step. */
    StoredState after();

    MailboxIndex apply(MailboxIndex index);

    /** Messages came. */
    record Added(StoredState after, List<MailboxIndex.Row> rows) implements Delta {
        @Override
        public MailboxIndex apply(MailboxIndex index) {
            return index.append(after.counters(), rows);
        }
    }

    /** Flags changed. */
    record Changed(StoredState after, List<Updated> messages) implements Delta {
        @Override
        public MailboxIndex apply(MailboxIndex index) {
            return index.update(after.counters(), messages);
        }
    }

    /** Messages went. */
    record Removed(StoredState after, UidSet uids) implements Delta {
        @Override
        public MailboxIndex apply(MailboxIndex index) {
            return index.remove(after.counters(), uids);
        }
    }
}
