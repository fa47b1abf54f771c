package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Timing;
import dev.sobre.mail.Timing.DeliverBy;
import dev.sobre.mail.Timing.Release;
import java.time.Instant;
import java.util.Optional;

/** When a mail is to arrive, as it is stored. */
final class StoredTiming {

    private static final int RELEASE = 1;
    private static final int DELIVER_BY = 2;
    private static final int RETURNED = 4;
    private static final int TRACED = 8;

    private StoredTiming() {}

    static void encode(ByteWriter out, Timing timing) {
        var by = timing.deliverBy();
        out.u8(
                (timing.release().isPresent() ? RELEASE : 0)
                        | (by.isPresent() ? DELIVER_BY : 0)
                        | (by.map(DeliverBy::returned).orElse(false) ? RETURNED : 0)
                        | (by.map(DeliverBy::traced).orElse(false) ? TRACED : 0));
        timing.release().ifPresent(r -> StoredTerms.time(out, r.at()).text(r.asked()));
        by.ifPresent(b -> StoredTerms.time(out, b.at()));
    }

    static Timing decode(ByteReader in) {
        int flags = in.u8();
        Optional<Release> release = Optional.empty();
        if ((flags & RELEASE) != 0) {
            Instant at = StoredTerms.time(in);
            release = Optional.of(new Release(at, in.text()));
        }
        Optional<DeliverBy> by = Optional.empty();
        if ((flags & DELIVER_BY) != 0) {
            Instant at = StoredTerms.time(in);
            boolean returned = (flags & RETURNED) != 0;
            by = Optional.of(new DeliverBy(at, returned, (flags & TRACED) != 0));
        }
        return new Timing(release, by);
    }
}
