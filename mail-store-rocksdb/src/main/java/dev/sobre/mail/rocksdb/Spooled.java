package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Spool.Waiting;
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

    /** Where what is held back stands in the order by time: behind all that is ever due. */
    static final Instant NEVER = Instant.MAX;

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

    /** The entry that a key and its value are. */
    static Spooled of(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var mail = new DeliveryId(in.i64(), in.i64());
        return decode(mail, in.i32(), value);
    }

    /** When a worker may take it: at its time, or when another's lease has run out. */
    Instant due() {
        return entry.terms().held() ? NEVER : leasedUntil.orElse(entry.next());
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

    /** Whether it is as somebody saw it, and nobody works on it. */
    boolean isFree(Waiting seen, Instant now) {
        return entry.equals(seen.entry())
                && leasedUntil.map(until -> !until.isAfter(now)).orElse(true);
    }

    Claim claim(Instant until) {
        return new Claim(mail, number, sender, body, entry, until);
    }

    Waiting waiting() {
        return new Waiting(mail, number, sender, body, entry, leasedUntil);
    }

    byte[] encode() {
        var out = new ByteWriter(200).u8(2).text(sender);
        out.count(body.place()).count(body.offset()).count(body.length());
        out.text(entry.recipient()).text(entry.domain());
        StoredTerms.time(out, entry.next()).count(entry.attempts()).text(entry.note());
        out.u8(leasedUntil.isPresent() ? 1 : 0);
        leasedUntil.ifPresent(until -> StoredTerms.time(out, until));
        StoredTerms.encode(out, entry.terms());
        return out.done();
    }

    static Spooled decode(DeliveryId mail, int number, byte[] value) {
        var in = new ByteReader(value).version(2);
        String sender = in.text();
        var body = new BlobRef(in.count(), in.count(), in.count());
        String recipient = in.text();
        String domain = in.text();
        Instant next = StoredTerms.time(in);
        int attempts = (int) in.count();
        String note = in.text();
        Optional<Instant> until =
                in.u8() == 1 ? Optional.of(StoredTerms.time(in)) : Optional.empty();
        var entry = new Entry(recipient, domain, next, attempts, note, StoredTerms.decode(in));
        return new Spooled(mail, number, sender, body, entry, until);
    }
}
