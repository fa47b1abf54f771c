package dev.sobre.mail.rocksdb;

import dev.sobre.mail.CopyResult;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.Vanished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** COPY and MOVE: the copies share the bodies of the originals. */
record CopyMessages(MailboxId from, UidSet uids, MailboxId to, boolean move, int kept)
        implements Commit<CopyResult> {

    @Override
    public CopyResult stage(Group group) {
        Working source = group.indexed(from);
        Working target = group.mailbox(to);
        MailboxIndex index = source.index();
        int[] positions = Positions.of(index, uids);
        List<Flags> coming = IntStream.of(positions).mapToObj(index::flags).distinct().toList();
        Arrival.requireKeywords(group, to, coming);
        Arrival.requireUids(target, positions.length);
        requireRoom(group, index, positions);
        List<Long> originals = new ArrayList<>(positions.length);
        List<Long> copies = new ArrayList<>(positions.length);
        for (int at : positions) {
            Optional<byte[]> record = group.get(Keys.of(Keys.MESSAGE, from, index.uid(at)));
            if (record.isEmpty()) continue; // damage: what can't be copied stays where it is
            originals.add(index.uid(at));
            copies.add(enter(group, target, index, at, record.get()));
        }
        long modSeq = target.counters().highestModSeq();
        long vanished = 0;
        if (move) {
            Vanished gone = Removal.stage(group, source, UidSet.of(originals), kept);
            vanished = gone.modSeq();
        }
        return new CopyResult(target.counters().uidValidity(), originals, copies, modSeq, vanished);
    }

    /** Refuses when there is no room for all of them. */
    void requireRoom(Group group) {
        MailboxIndex index = group.indexed(from).index();
        requireRoom(group, index, Positions.of(index, uids));
    }

    private void requireRoom(Group group, MailboxIndex index, int[] positions) {
        if (move && from.account().equals(to.account())) return;
        group.held(to.account()).require(usage(index, positions));
    }

    /** The same for some of the messages. */
    CopyMessages only(UidSet some) {
        return new CopyMessages(from, some, to, move, kept);
    }

    private static Usage usage(MailboxIndex index, int[] positions) {
        long octets = 0;
        for (int at : positions) octets += index.octets(at);
        return new Usage(octets, positions.length);
    }

    private static long enter(
            Group group, Working target, MailboxIndex index, int at, byte[] record) {
        var counters = target.counters();
        long uid = counters.uidNext();
        var row =
                new Row(
                        uid,
                        index.flags(at),
                        counters.highestModSeq() + 1,
                        index.octets(at),
                        index.internalDate(at),
                        group.now());
        target.add(row);
        group.held(target.id.account()).add(Usage.of(row.octets()));
        group.put(Keys.of(Keys.ROW, target.id, uid), IndexRow.encode(row));
        group.put(Keys.of(Keys.MESSAGE, target.id, uid), record);
        group.refer(MessageRecord.body(record), 1);
        return uid;
    }
}
