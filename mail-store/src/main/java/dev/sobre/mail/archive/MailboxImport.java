package dev.sobre.mail.archive;

import dev.sobre.mail.Account;
import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Restored;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.TooLarge;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the messages of one mailbox, some at a time. They keep their UIDs where the mailbox is
 * unused, or holds what an earlier run brought under theirs; then it takes the numbers it had.
 */
final class MailboxImport {

    private static final int MOST_MESSAGES = 64;
    private static final long MOST_OCTETS = 2 << 20;

    /** How UIDs are given. */
    private enum Uids {
        /** Not known before the first message is there, or is not. */
        UNDECIDED,
        KEPT,
        NEW
    }

    private record Ready(Incoming from, Restored message, String where) {

        boolean isBare() {
            return message.delivery().flags().keywords().isEmpty();
        }

        /** The same without keywords. */
        Ready bare() {
            var d = message.delivery();
            var system = Flags.of(d.flags().systemBits(), List.of());
            var delivery = new Delivery(d.id(), d.body(), system, d.internalDate());
            var bare = new Restored(delivery, message.uid(), message.savedDate(), message.email());
            return new Ready(from, bare, where);
        }
    }

    private final MailboxReader reader;
    private final ArchivedMailbox from;
    private final long before;
    private final Tally tally;
    private final String name;
    private final UidSet.Builder kept = new UidSet.Builder();
    private final List<Ready> batch = new ArrayList<>();
    private long batchOctets;
    private Uids uids = Uids.UNDECIDED;
    private long lastUid;

    MailboxImport(
            MailboxReader reader, ArchivedMailbox from, String name, long before, Tally tally) {
        this.reader = reader;
        this.from = from;
        this.name = name;
        this.before = before;
        this.tally = tally;
    }

    /** Reads and looks at everything, and changes nothing. */
    void look(MailStore store, long limit) throws IOException {
        while (reader.next()) {
            try (var incoming = new Incoming(store.sink(limit))) {
                read(incoming).ifPresent(source -> tally.took(source.length()));
            }
            doubts();
        }
        doubts();
    }

    void run(MailStore store, Account account, Mailbox to, long limit) throws IOException {
        var index = store.index(to.id());
        if (index.state().uidNext() == 1) uids = Uids.KEPT;
        var ids = new DeliveryIds(account.address(), name);
        try {
            while (reader.next()) {
                take(store, to, index, ids, limit);
                doubts();
            }
            flush(store, to, index);
            doubts();
            adopt(store, to);
        } finally {
            batch.forEach(ready -> ready.from.close());
        }
    }

    private void doubts() throws IOException {
        for (var doubt : reader.doubts()) tally.passOver(doubt.where(), doubt.reason());
        tally.at(before + reader.octetsRead());
    }

    private void take(MailStore store, Mailbox to, MailboxIndex index, DeliveryIds ids, long limit)
            throws IOException {
        var incoming = new Incoming(store.sink(limit));
        Optional<BlobSource> source = Optional.empty();
        try {
            source = read(incoming);
        } finally {
            if (source.isEmpty()) incoming.close();
        }
        if (source.isEmpty()) return;
        var facts = reader.facts();
        var id = ids.next(incoming.sum());
        boolean numbered = facts.uid() > lastUid && facts.uid() < UidSet.HIGHEST;
        // What has no UID comes after all that have one, and must not get one of theirs.
        if (!numbered && uids == Uids.KEPT) {
            flush(store, to, index);
            adopt(store, to);
            uids = Uids.NEW;
        }
        if (numbered) lastUid = facts.uid();
        batch.add(new Ready(incoming, restored(id, source.get(), facts), reader.where()));
        batchOctets += source.get().length();
        boolean full = batch.size() >= MOST_MESSAGES || batchOctets >= MOST_OCTETS;
        if (full || uids == Uids.UNDECIDED) flush(store, to, index);
    }

    private Optional<BlobSource> read(Incoming incoming) throws IOException {
        try {
            reader.copyTo(incoming);
            var source = incoming.finish();
            var problem = incoming.problem(reader.facts());
            if (problem.isEmpty()) return Optional.of(source);
            tally.passOver(reader.where(), problem.get());
        } catch (TooLarge e) {
            tally.passOver(reader.where(), "it is larger than " + e.limit() + " octets");
        } catch (Unreadable e) {
            tally.passOver(reader.where(), e.reason());
        }
        return Optional.empty();
    }

    private Restored restored(DeliveryId id, BlobSource source, Facts facts) {
        var delivery =
                new Delivery(
                        id,
                        source,
                        Keywords.usable(facts.flags()),
                        facts.date().truncatedTo(ChronoUnit.MILLIS));
        return new Restored(
                delivery,
                facts.uid(),
                facts.saved().orElseGet(Instant::now),
                facts.email().orElseGet(() -> EmailId.of(id)));
    }

    private void flush(MailStore store, Mailbox to, MailboxIndex index) throws IOException {
        try {
            if (batch.isEmpty()) return;
            place(store, to, index, List.copyOf(batch));
        } catch (StoreException e) {
            if (!isOfOne(e)) throw e;
            for (var each : List.copyOf(batch)) placeAlone(store, to, index, each);
        } finally {
            batch.forEach(ready -> ready.from.close());
            batch.clear();
            batchOctets = 0;
        }
    }

    /** Whether it is this message or mailbox that can't be taken; others may. */
    static boolean isOfOne(StoreException e) {
        return switch (e.reason()) {
            case OVER_QUOTA, REFUSED, LIMIT, TOO_LARGE, EXISTS -> true;
            case MISSING, FULL, UNAVAILABLE, DAMAGED -> false;
        };
    }

    private void placeAlone(MailStore store, Mailbox to, MailboxIndex index, Ready one)
            throws IOException {
        try {
            place(store, to, index, List.of(one));
        } catch (StoreException e) {
            if (e.reason() == Reason.REFUSED && uids == Uids.KEPT) {
                newUids("mail came meanwhile");
                placeAlone(store, to, index, one);
            } else if (e.reason() == Reason.LIMIT && !one.isBare()) {
                tally.note(one.where + ": its keywords stay behind, for " + e.getMessage());
                placeAlone(store, to, index, one.bare());
            } else if (isOfOne(e)) {
                tally.passOver(one.where, String.valueOf(e.getMessage()));
            } else {
                throw e;
            }
        }
    }

    private void place(MailStore store, Mailbox to, MailboxIndex index, List<Ready> some)
            throws IOException {
        boolean keep = uids == Uids.KEPT;
        var messages = some.stream().map(r -> keep ? r.message : r.message.underNewUid()).toList();
        List<Appended> done = store.restore(to.id(), messages);
        for (int i = 0; i < done.size(); i++) {
            long uid = done.get(i).uid();
            boolean there = uid < index.state().uidNext();
            if (uids == Uids.UNDECIDED) decide(there, uid, some.get(i).message.uid());
            if (uids == Uids.KEPT && uid == some.get(i).message.uid()) kept.add(uid);
            if (!there) tally.took(some.get(i).message.delivery().body().length());
            else if (index.find(uid) >= 0) tally.wasThere();
            else tally.wasDeleted();
        }
    }

    private void decide(boolean there, long uid, long wished) throws IOException {
        if (there && uid == wished) uids = Uids.KEPT;
        else newUids("there was mail in it before");
    }

    private void newUids(String why) throws IOException {
        uids = Uids.NEW;
        if (reader.facts().uid() > 0) tally.note(name + ": messages get new UIDs, for " + why);
    }

    /** Takes the numbers it had, when all that is in the mailbox came with its UIDs. */
    private void adopt(MailStore store, Mailbox to) throws IOException {
        var numbers = from.numbers().or(reader::numbers);
        if (uids != Uids.KEPT || numbers.isEmpty()) return;
        var now = store.index(to.id());
        if (now.state().uidValidity() == numbers.get().uidValidity()) return;
        UidSet ours = kept.build();
        boolean onlyOurs = now.existing(UidSet.ALL).stream().allMatch(ours::contains);
        var after = onlyOurs ? store.adopt(to.id(), now.state(), numbers.get()) : now.state();
        if (after.uidValidity() != numbers.get().uidValidity()) {
            tally.note(
                    name
                            + ": messages keep their UIDs, under a new UIDVALIDITY, for "
                            + (onlyOurs ? "this store has used the old one" : "other mail came"));
        }
    }
}
