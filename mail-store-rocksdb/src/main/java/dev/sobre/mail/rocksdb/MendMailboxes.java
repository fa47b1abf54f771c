package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts mailboxes in order: names, rows, and the counters, which are counted anew. */
final class MendMailboxes {

    private static final byte[] OF_MAILBOX = {Keys.STATE, Keys.RECENT, Keys.ROW, Keys.CHANGE};

    private final Mending m;
    private final MendNumbers numbers;

    MendMailboxes(Mending mending, MendNumbers numbers) {
        this.m = mending;
        this.numbers = numbers;
    }

    /** Puts those of an account in order; gives what they hold. */
    Usage run(AccountId account) {
        List<MailboxId> living = new ArrayList<>();
        List<MailboxId> unnamed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        var all = new Numbers(m.reads(), account, CheckMailbox.KINDS);
        for (var next = all.next(); next.isPresent(); next = all.next()) {
            var id = new MailboxId(account, new ByteReader(next.get(), 8).i64());
            numbers.mailbox(id.number());
            if (name(id, names)) living.add(id);
            else if (left(id)) unnamed.add(id);
        }
        for (MailboxId id : unnamed) {
            living.add(id);
            String name = free(names.contains(Mailbox.INBOX) ? "Recovered" : Mailbox.INBOX, names);
            named(id, name);
            m.say("a mailbox that had lost its name is called " + name);
        }
        if (names.add(Mailbox.INBOX)) {
            var inbox = new MailboxId(account, numbers.nextMailbox());
            named(inbox, Mailbox.INBOX);
            living.add(inbox);
        }
        Usage held = Usage.NONE;
        for (MailboxId id : living) held = held.plus(mend(id));
        return held;
    }

    /** Whether a mailbox has a name; one that another has is changed. */
    private boolean name(MailboxId id, Set<String> names) {
        Optional<byte[]> value = m.reads().get(Keys.of(Keys.MAILBOX, id));
        var name =
                value.flatMap(v -> m.entries().decode(() -> new ByteReader(v).version(1).text()));
        if (name.isEmpty()) return false;
        m.draft().delete(Keys.of(Keys.GONE, id));
        if (names.add(name.get())) return true;
        named(id, free(name.get(), names));
        return true;
    }

    private static String free(String wanted, Set<String> names) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) name = wanted + " " + i;
        return name;
    }

    private void named(MailboxId id, String name) {
        var folder = new Folders.Folder(id.number(), Optional.empty());
        m.draft().put(Keys.of(Keys.MAILBOX, id), folder.encode(name));
    }

    /** Whether a mailbox without a name has messages; what else it has goes. */
    private boolean left(MailboxId id) {
        m.draft().delete(Keys.of(Keys.MAILBOX, id));
        boolean gone = m.reads().has(Keys.of(Keys.GONE, id));
        if (!gone && m.reads().hasAny(Keys.of(Keys.MESSAGE, id))) return true;
        for (byte kind : OF_MAILBOX) m.draft().deleteAll(Keys.of(kind, id));
        return false;
    }

    /** What a mailbox comes to. */
    private static final class Sum {
        private int messages;
        private int unseen;
        private long octets;
        private long uid;
        private long modSeq;

        void add(Row row) {
            messages++;
            if (!row.flags().has(Flag.SEEN)) unseen++;
            octets += row.octets();
            uid = Math.max(uid, row.uid());
            modSeq = Math.max(modSeq, row.modSeq());
        }
    }

    private Usage mend(MailboxId id) {
        Optional<StoredState> known =
                m.reads()
                        .get(Keys.of(Keys.STATE, id))
                        .flatMap(v -> m.entries().decode(() -> StoredState.decode(v)));
        var state = known.orElseGet(() -> StoredState.fresh(numbers.nextUidValidity()));
        used(state.counters().uidValidity());
        long floor = Math.max(state.modSeq(), changes(id));
        records(id, floor + 1);
        Sum sum = rows(id);
        var c = state.counters();
        long recent =
                m.reads()
                        .get(Keys.of(Keys.RECENT, id))
                        .flatMap(v -> m.entries().decode(() -> ClaimRecent.decode(v)))
                        .orElse(1L);
        // UIDs that were given out, and are lost, must not come again under it.
        long uidValidity = m.lossy() ? numbers.nextUidValidity() : c.uidValidity();
        used(uidValidity);
        var counters =
                new MailboxState(
                        uidValidity,
                        Math.max(Math.max(c.uidNext(), recent), sum.uid + 1),
                        Math.max(Math.max(floor, state.lastExpunge()), sum.modSeq),
                        sum.messages,
                        sum.unseen,
                        sum.octets);
        m.draft().put(Keys.of(Keys.STATE, id), state.with(counters).encode());
        return new Usage(sum.octets, sum.messages);
    }

    private void used(long uidValidity) {
        m.draft().put(Keys.uidValidity(uidValidity), new byte[0]);
    }

    private long changes(MailboxId id) {
        long[] last = {0};
        m.reads()
                .scan(
                        Keys.of(Keys.CHANGE, id),
                        (key, value) -> {
                            last[0] = Keys.last(key);
                            boolean good =
                                    m.entries().decode(() -> StoredUids.decode(value)).isPresent();
                            if (!good) m.draft().delete(key);
                            return true;
                        });
        return last[0];
    }

    /** Every record has a row of the right length. */
    private void records(MailboxId id, long modSeq) {
        m.reads()
                .scan(
                        Keys.of(Keys.MESSAGE, id),
                        (key, value) -> {
                            long uid = Keys.last(key);
                            long octets = MessageRecord.body(value).length();
                            byte[] rowKey = Keys.of(Keys.ROW, id, uid);
                            var row =
                                    m.reads()
                                            .get(rowKey)
                                            .flatMap(
                                                    v ->
                                                            m.entries()
                                                                    .decode(
                                                                            () ->
                                                                                    IndexRow.decode(
                                                                                            uid,
                                                                                            v)));
                            if (row.isEmpty() || row.get().octets() != octets) {
                                m.draft().put(rowKey, row(uid, row, modSeq, octets));
                            }
                            return true;
                        });
    }

    private byte[] row(long uid, Optional<Row> before, long modSeq, long octets) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        m.say("a message's flags and date were lost");
        return IndexRow.encode(
                new Row(
                        uid,
                        before.map(Row::flags).orElse(Flags.NONE),
                        modSeq,
                        octets,
                        before.map(Row::internalDate).orElse(now),
                        before.map(Row::savedDate).orElse(now)));
    }

    /** Every row has a record. */
    private Sum rows(MailboxId id) {
        var sum = new Sum();
        m.reads()
                .scan(
                        Keys.of(Keys.ROW, id),
                        (key, value) -> {
                            long uid = Keys.last(key);
                            var row = m.entries().decode(() -> IndexRow.decode(uid, value));
                            if (row.isPresent() && m.reads().has(Keys.of(Keys.MESSAGE, id, uid))) {
                                sum.add(row.get());
                            } else {
                                sum.uid = Math.max(sum.uid, uid);
                                m.draft().delete(key);
                            }
                            return true;
                        });
        return sum;
    }
}
