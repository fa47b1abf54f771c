package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Submission;
import java.time.Instant;
import java.util.Optional;

/** An entry of the spool as it is stored. */
record Spooled(
        DeliveryId mail,
        int number,
        String sender,
        BlobRef body,
        Entry entry,
        Optional<Instant> leasedUntil) {

    static Spooled fresh(Submission mail, int number, BlobRef body, Entry entry) {
        return new Spooled(mail.id(), number, mail.sender(), body, entry, Optional.empty());
    }

    /** The entry that a key of the order by time stands for. */
    static Optional<Spooled> at(Reads reads, byte[] timeKey) {
        var in = new ByteReader(timeKey, 13);
        var mail = new DeliveryId(in.i64(), in.i64());
        int number = in.i32();
        return reads.get(Keys.spooled(mail, number)).map(value -> decode(mail, number, value));
    }

    /** When a worker may take it: at its time, or when another's lease has run out. */
    Instant due() {
        return leasedUntil.orElse(entry.next());
    }

    byte[] key() {
        return Keys.spooled(mail, number);
    }

    byte[] timeKey() {
        return Keys.due(due(), mail, number);
    }

    Spooled leased(Instant until) {
        return new Spooled(mail, number, sender, body, entry, Optional.of(until));
    }

    Spooled rescheduled(Entry next) {
        return new Spooled(mail, number, sender, body, next, Optional.empty());
    }

    /** Whether this very claim is the one that holds now. */
    boolean isLeased(Claim claim) {
        return leasedUntil.equals(Optional.of(claim.until()));
    }

    Claim claim(Instant until) {
        return new Claim(mail, number, sender, body, entry, until);
    }

    byte[] encode() {
        var out = new ByteWriter(160).u8(1).text(sender);
        out.count(body.place()).count(body.offset()).count(body.length());
        out.text(entry.recipient()).text(entry.domain());
        time(out, entry.next()).count(entry.attempts()).text(entry.note());
        out.u8(leasedUntil.isPresent() ? 1 : 0);
        leasedUntil.ifPresent(until -> time(out, until));
        return out.done();
    }

    static Spooled decode(DeliveryId mail, int number, byte[] value) {
        var in = new ByteReader(value).version(1);
        String sender = in.text();
        var body = new BlobRef(in.count(), in.count(), in.count());
        var entry = new Entry(in.text(), in.text(), time(in), (int) in.count(), in.text());
        Optional<Instant> until = in.u8() == 1 ? Optional.of(time(in)) : Optional.empty();
        return new Spooled(mail, number, sender, body, entry, until);
    }

    private static ByteWriter time(ByteWriter out, Instant time) {
        return out.i64(time.getEpochSecond()).i32(time.getNano());
    }

    private static Instant time(ByteReader in) {
        return Instant.ofEpochSecond(in.i64(), in.i32());
    }
}
