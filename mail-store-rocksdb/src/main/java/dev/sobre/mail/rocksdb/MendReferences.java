package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import java.util.Optional;

/** Counts anew who refers to bodies, and drops what can't be understood of those who do. */
final class MendReferences {

    /** Of a body that was referred to: a note that is kept while a repair lasts. */
    static final byte WAS_REFERRED = 1;

    private static final byte[] NOTHING = {};

    private final Mending m;

    MendReferences(Mending mending) {
        this.m = mending;
    }

    void run() {
        m.reads().scan(Keys.prefix(Keys.BLOB), this::forget);
        m.reads().scan(Keys.prefix(Keys.MESSAGE), this::message);
        m.reads().scan(Keys.prefix(Keys.SPOOLED), this::spooled);
    }

    /** A body that was counted down to nothing stays known as dead. */
    private boolean forget(byte[] key, byte[] value) {
        var count = m.entries().decode(() -> Counters.decode(Optional.of(value)));
        if (count.equals(Optional.of(0L))) {
            m.draft().put(key, Counters.encode(0));
            return true;
        }
        byte[] note = key.clone();
        note[0] = WAS_REFERRED;
        m.draft().put(note, NOTHING);
        m.draft().delete(key);
        return true;
    }

    private boolean message(byte[] key, byte[] value) {
        var record = m.entries().decode(() -> MessageRecord.decode(value));
        record.ifPresentOrElse(r -> refer(r.body()), () -> drop(key));
        return true;
    }

    private void drop(byte[] key) {
        m.say("a message's record that could not be read was removed");
        m.draft().delete(key);
    }

    private void refer(BlobRef body) {
        m.draft().add(Keys.blob(body), Counters.encode(1));
    }

    /** Makes the order by time anew, too. */
    private boolean spooled(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var mail = new DeliveryId(in.i64(), in.i64());
        int number = in.i32();
        var entry = m.entries().decode(() -> Spooled.decode(mail, number, value));
        if (entry.isEmpty()) {
            m.say("an entry of the spool that could not be read was removed");
            m.draft().delete(key);
            return true;
        }
        refer(entry.get().body());
        return true;
    }
}
