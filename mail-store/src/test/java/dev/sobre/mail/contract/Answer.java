package dev.sobre.mail.contract;

import dev.sobre.mail.Appended;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.util.List;

/** What a session asked of a mailbox that others use too, and what it was told. */
sealed interface Answer {

    /** The mailbox's MODSEQ once it was done, changed or not. */
    long modSeq();

    record ToAppend(Flags flags, List<Appended> result) implements Answer {
        @Override
        public long modSeq() {
            return result.getLast().modSeq();
        }
    }

    record ToStore(UidSet uids, FlagChange change, long unchangedSince, StoreResult result)
            implements Answer {
        @Override
        public long modSeq() {
            return result.highestModSeq();
        }
    }

    record ToExpunge(UidSet uids, Vanished result) implements Answer {
        @Override
        public long modSeq() {
            return result.modSeq();
        }
    }

    /** Copies within the mailbox. */
    record ToCopy(UidSet uids, CopyResult result) implements Answer {
        @Override
        public long modSeq() {
            return result.modSeq();
        }
    }

    /** Moves to another mailbox. */
    record ToMove(UidSet uids, CopyResult result) implements Answer {
        @Override
        public long modSeq() {
            return result.vanishedModSeq();
        }
    }
}
