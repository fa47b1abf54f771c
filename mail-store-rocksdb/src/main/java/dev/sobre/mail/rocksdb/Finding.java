package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;

/**
 * Something about a store that is not as it should be, or that is worth knowing.
 *
 * @param where the file, account, mailbox or message in plain words
 * @param what what is wrong with it in plain words
 */
public record Finding(Kind kind, Subject subject, String where, String what) {

    /** What can be done about it. */
    public enum Remedy {
        /** Nothing need be. */
        NONE,
        /** Nothing is lost by it, and nothing can be done. */
        KEPT,
        /** A repair. */
        REPAIR,
        /** A backup has it, or nobody. */
        LOST
    }

    /** What kind of thing is wrong. */
    public enum Kind {
        /** A segment ends with what is no record or no whole commit, as after a crash. */
        TORN_SEGMENT(Remedy.NONE),
        /** The mark of the store's format, or of the end of its log. */
        FORMAT(Remedy.REPAIR),
        /** A file of the metadata is damaged or missing. */
        METADATA_FILE(Remedy.REPAIR),
        /** The metadata can't be read, so that not all was looked at. */
        UNREADABLE(Remedy.REPAIR),
        /** An entry of the metadata can't be understood. */
        ENTRY(Remedy.REPAIR),
        /** An account's addresses, or the marks by which accounts are found and counted. */
        ACCOUNT(Remedy.REPAIR),
        /** Entries that belong to no account or mailbox. */
        ORPHAN(Remedy.REPAIR),
        /** A mailbox without name, state or INBOX beside it. */
        MAILBOX(Remedy.REPAIR),
        /** A message's index row and its record do not go together. */
        ROW(Remedy.REPAIR),
        /** What is packed of an index is not what the rows say, which count. */
        INDEX(Remedy.REPAIR),
        /** A mailbox's counters are not what is there. */
        COUNTERS(Remedy.REPAIR),
        /** What an account is said to hold is not what it holds. */
        USAGE(Remedy.REPAIR),
        /** A delivery's outcome. */
        DELIVERY(Remedy.REPAIR),
        /** Entries of the spool and their order by time do not go together. */
        SPOOL(Remedy.REPAIR),
        /** A body's references are counted wrongly. */
        REFERENCES(Remedy.REPAIR),
        /** Where a body was moved to. */
        FORWARDING(Remedy.REPAIR),
        /** A commit that the metadata's tables don't have yet is damaged or missing. */
        COMMIT(Remedy.REPAIR),
        /** A segment is not listed as being in service. */
        SEGMENT(Remedy.REPAIR),
        /** What lies around bodies is damaged; their messages can be read. */
        RECORD(Remedy.KEPT),
        /** A message can't be read (whole). */
        BODY(Remedy.LOST);

        private final Remedy remedy;

        Kind(Remedy remedy) {
            this.remedy = remedy;
        }

        public Remedy remedy() {
            return remedy;
        }
    }

    /** What a finding is about. */
    public sealed interface Subject {

        /** The store as a whole. */
        record Store() implements Subject {}

        /** A file, named as seen from the store's directory. */
        record InFile(String name) implements Subject {}

        /** An account and all it has. */
        record OfAccount(AccountId account) implements Subject {}

        /** A mailbox and all its messages. */
        record OfMailbox(MailboxId mailbox) implements Subject {}

        /** One message. */
        record OfMessage(MailboxId mailbox, long uid) implements Subject {}
    }

    /** Whether all is well nevertheless. */
    public boolean harmless() {
        return kind.remedy == Remedy.NONE;
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
