package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flag;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Looks at one mailbox after another: state, rows, message records and changes. */
final class CheckMailbox {

    static final byte[] KINDS = {
        Keys.MAILBOX,
        Keys.STATE,
        Keys.RECENT,
        Keys.ROW,
        Keys.INDEX,
        Keys.MESSAGE,
        Keys.CHANGE,
        Keys.GONE
    };

    private static final byte[] OF_LIVING = {
        Keys.STATE, Keys.RECENT, Keys.ROW, Keys.INDEX, Keys.CHANGE
    };

    private final Reads reads;
    private final Report report;
    private final Entries entries;
    private final References references;

    /** What the rows of a mailbox come to. */
    private static final class Tally {
        private long[] uids = new long[64];
        private long[] octets = new long[64];
        private int count;
        private int met; // rows whose message was met
        private int unseen;
        private long allOctets;
        private long modSeq;

        void add(Row row) {
            if (count == uids.length) {
                uids = Arrays.copyOf(uids, 2 * count);
                octets = Arrays.copyOf(octets, 2 * count);
            }
            uids[count] = row.uid();
            octets[count++] = row.octets();
            if (!row.flags().has(Flag.SEEN)) unseen++;
            allOctets += row.octets();
            modSeq = Math.max(modSeq, row.modSeq());
        }

        long lastUid() {
            return count == 0 ? 0 : uids[count - 1];
        }
    }

    CheckMailbox(Reads reads, Report report, Entries entries, References references) {
        this.reads = reads;
        this.report = report;
        this.entries = entries;
        this.references = references;
    }

    /**
     * Looks at a mailbox.
     *
     * @param names of the account's mailboxes so far
     * @return its state, when it has a name
     */
    Optional<StoredState> check(MailboxId id, boolean accountKnown, Set<String> names) {
        Optional<byte[]> named = reads.get(Keys.of(Keys.MAILBOX, id));
        boolean gone = reads.has(Keys.of(Keys.GONE, id));
        if (named.isEmpty()) {
            orphan(id, gone);
            return Optional.empty();
        }
        if (!accountKnown || gone) {
            String owner = gone ? "it is listed as deleted" : "its account does not exist";
            report.mailbox(Kind.ORPHAN, reads, id, owner);
        }
        name(id, named.get(), names);
        return state(id);
    }

    /** A mailbox that is gone keeps its message records until they are released. */
    private void orphan(MailboxId id, boolean gone) {
        boolean left = !gone && reads.hasAny(Keys.of(Keys.MESSAGE, id));
        for (byte kind : OF_LIVING) left |= reads.hasAny(Keys.of(kind, id));
        if (left) report.mailbox(Kind.ORPHAN, reads, id, "there are entries of it, but no name");
        messages(id, new Tally(), true);
    }

    private void name(MailboxId id, byte[] value, Set<String> names) {
        var name = entries.decode(() -> new ByteReader(value).version(1).text());
        if (name.isEmpty()) report.mailbox(Kind.ENTRY, reads, id, "its name can't be read");
        else if (!names.add(name.get())) {
            report.mailbox(Kind.MAILBOX, reads, id, "there is another of this name");
        }
    }

    private Optional<StoredState> state(MailboxId id) {
        Tally rows = rows(id);
        messages(id, rows, false);
        Optional<byte[]> value = reads.get(Keys.of(Keys.STATE, id));
        if (value.isEmpty()) {
            report.mailbox(Kind.MAILBOX, reads, id, "it has no state");
            return Optional.empty();
        }
        Optional<StoredState> state = entries.decode(() -> StoredState.decode(value.get()));
        if (state.isEmpty()) report.mailbox(Kind.ENTRY, reads, id, "its state can't be read");
        state.ifPresent(s -> compare(id, s, rows));
        new CheckIndex(reads, report, entries).run(id);
        return state;
    }

    private Tally rows(MailboxId id) {
        var rows = new Tally();
        reads.scan(
                Keys.of(Keys.ROW, id),
                (key, value) -> {
                    long uid = Keys.last(key);
                    entries.decode(() -> IndexRow.decode(uid, value))
                            .ifPresentOrElse(
                                    rows::add, () -> bad(id, uid, "its index row can't be read"));
                    return true;
                });
        return rows;
    }

    private void bad(MailboxId id, long uid, String what) {
        report.message(Kind.ENTRY, reads, id, uid, what);
    }

    private void messages(MailboxId id, Tally rows, boolean gone) {
        reads.scan(
                Keys.of(Keys.MESSAGE, id),
                (key, value) -> {
                    long uid = Keys.last(key);
                    var record = entries.decode(() -> MessageRecord.decode(value));
                    if (record.isEmpty()) bad(id, uid, "its record can't be read");
                    record.ifPresent(r -> references.add(r.body(), 1));
                    if (!gone) match(id, rows, uid, record);
                    return true;
                });
        while (!gone && rows.met < rows.count) lonely(id, rows.uids[rows.met++]);
    }

    private void match(MailboxId id, Tally rows, long uid, Optional<MessageRecord> record) {
        while (rows.met < rows.count && rows.uids[rows.met] < uid) {
            lonely(id, rows.uids[rows.met++]);
        }
        if (rows.met == rows.count || rows.uids[rows.met] != uid) {
            report.message(Kind.ROW, reads, id, uid, "it has a record, but no row in the index");
            return;
        }
        long octets = rows.octets[rows.met++];
        if (record.isEmpty() || record.get().body().length() == octets) return;
        report.message(Kind.ROW, reads, id, uid, "its row in the index says another length");
    }

    private void lonely(MailboxId id, long uid) {
        report.message(Kind.ROW, reads, id, uid, "it has a row in the index, but no record");
    }

    private void compare(MailboxId id, StoredState state, Tally rows) {
        MailboxState c = state.counters();
        unequal(id, "messages", c.messages(), rows.count);
        unequal(id, "unseen messages", c.unseen(), rows.unseen);
        unequal(id, "octets", c.octets(), rows.allOctets);
        long recent =
                reads.get(Keys.of(Keys.RECENT, id))
                        .flatMap(value -> entries.decode(() -> ClaimRecent.decode(value)))
                        .orElse(1L);
        if (c.uidNext() <= rows.lastUid() || c.uidNext() < recent) {
            report.mailbox(Kind.COUNTERS, reads, id, "it could give out a UID again");
        }
        long changed = Math.max(changes(id), Math.max(rows.modSeq, state.lastExpunge()));
        if (c.highestModSeq() < changed) {
            report.mailbox(Kind.COUNTERS, reads, id, "it could give out a MODSEQ again");
        }
    }

    private void unequal(MailboxId id, String what, long counted, long there) {
        if (counted == there) return;
        report.mailbox(
                Kind.COUNTERS,
                reads,
                id,
                "%d %s are counted, and there are %d".formatted(counted, what, there));
    }

    /** Looks at the record of expunges; gives the MODSEQ of the last. */
    private long changes(MailboxId id) {
        long[] last = {0};
        reads.scan(
                Keys.of(Keys.CHANGE, id),
                (key, value) -> {
                    last[0] = Keys.last(key);
                    if (entries.decode(() -> StoredUids.decode(value)).isEmpty()) {
                        report.mailbox(Kind.ENTRY, reads, id, "a record of expunges can't be read");
                    }
                    return true;
                });
        return last[0];
    }
}
