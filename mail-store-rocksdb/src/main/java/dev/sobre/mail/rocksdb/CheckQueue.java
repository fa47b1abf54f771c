package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Appended;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at what deliveries became, and at the spool with its order by time. */
final class CheckQueue {

    private final Reads reads;
    private final Report report;
    private final Entries entries;
    private final References references;

    CheckQueue(Reads reads, Report report, Entries entries, References references) {
        this.reads = reads;
        this.report = report;
        this.entries = entries;
        this.references = references;
    }

    void run() {
        reads.scan(Keys.prefix(Keys.DELIVERY), this::delivery);
        reads.scan(Keys.prefix(Keys.SPOOLED), this::spooled);
        reads.scan(Keys.prefix(Keys.DUE), (key, _) -> due(key));
    }

    private boolean delivery(byte[] key, byte[] value) {
        var id = Keys.delivery(key);
        Optional<List<Appended>> outcome = entries.decode(() -> Outcome.decode(value));
        if (outcome.isEmpty()) {
            report.store(Kind.DELIVERY, "what delivery " + id + " became can't be read");
            return true;
        }
        for (Appended one : outcome.get()) {
            byte[] state = reads.get(Keys.of(Keys.STATE, one.mailbox())).orElse(new byte[0]);
            if (state.length == 0) continue; // it was deleted since
            var now = entries.decode(() -> StoredState.decode(state).counters());
            boolean reused =
                    now.isPresent()
                            && now.get().uidValidity() == one.uidValidity()
                            && now.get().uidNext() <= one.uid();
            if (reused) {
                report.mailbox(
                        Kind.COUNTERS,
                        reads,
                        one.mailbox(),
                        "it could give out UID " + one.uid() + " again");
            }
            if (key.length > 17 || reads.has(Keys.delivery(id, one.mailbox()))) continue;
            report.store(Kind.DELIVERY, "delivery " + id + " could be made again");
        }
        return true;
    }

    private boolean spooled(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var mail = new DeliveryId(in.i64(), in.i64());
        int number = in.i32();
        var entry = entries.decode(() -> Spooled.decode(mail, number, value));
        if (entry.isEmpty()) {
            report.store(Kind.SPOOL, "an entry of the spool can't be read");
            return true;
        }
        references.add(entry.get().body(), 1);
        if (!reads.has(entry.get().timeKey())) {
            report.store(
                    Kind.SPOOL,
                    "mail to " + entry.get().entry().recipient() + " waits in the spool for ever");
        }
        return true;
    }

    private boolean due(byte[] key) {
        var entry = entries.decode(() -> Spooled.at(reads, key));
        boolean right =
                entry.flatMap(found -> found)
                        .map(found -> Arrays.equals(found.timeKey(), key))
                        .orElse(false);
        if (!right) report.store(Kind.SPOOL, "the spool's order has an entry that leads nowhere");
        return true;
    }
}
