package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import dev.sobre.mail.Timing;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** The terms of a mail's relaying as they are stored. */
final class StoredTerms {

    private static final int HELD = 1;
    private static final int UTF8 = 2;
    private static final int TIMING = 8; // 4 was for mail that is binary, of which there was none

    private StoredTerms() {}

    static void encode(ByteWriter out, Terms terms) {
        time(out, terms.accepted());
        time(out, terms.expires());
        time(out, terms.warn());
        out.u8(
                (terms.held() ? HELD : 0)
                        | (terms.utf8() ? UTF8 : 0)
                        | (terms.timing().equals(Timing.NONE) ? 0 : TIMING));
        out.u8(terms.priority()); // signed
        out.u8(terms.tellOf().stream().mapToInt(StoredTerms::bit).sum());
        out.u8(number(terms.returned()));
        out.text(terms.envelopeId()).text(terms.originalRecipient());
        if (!terms.timing().equals(Timing.NONE)) StoredTiming.encode(out, terms.timing());
    }

    static Terms decode(ByteReader in) {
        Instant accepted = time(in);
        Instant expires = time(in);
        Instant warn = time(in);
        int flags = in.u8();
        int priority = (byte) in.u8();
        int notify = in.u8();
        Returned returned = returned(in.u8());
        return new Terms(
                accepted,
                expires,
                warn,
                (flags & HELD) != 0,
                priority,
                (flags & UTF8) != 0,
                set(notify),
                returned,
                in.text(),
                in.text(),
                (flags & TIMING) == 0 ? Timing.NONE : StoredTiming.decode(in));
    }

    private static Set<Notify> set(int bits) {
        var set = EnumSet.noneOf(Notify.class);
        for (Notify each : Notify.values()) {
            if ((bits & bit(each)) != 0) set.add(each);
        }
        return set;
    }

    private static int bit(Notify what) {
        return switch (what) {
            case NEVER -> 1;
            case SUCCESS -> 2;
            case FAILURE -> 4;
            case DELAY -> 8;
        };
    }

    private static int number(Returned what) {
        return switch (what) {
            case UNSAID -> 0;
            case FULL -> 1;
            case HEADERS -> 2;
        };
    }

    private static Returned returned(int number) {
        return switch (number) {
            case 0 -> Returned.UNSAID;
            case 1 -> Returned.FULL;
            case 2 -> Returned.HEADERS;
            default -> throw ByteReader.damaged("terms that can't be");
        };
    }

    static ByteWriter time(ByteWriter out, Instant time) {
        return out.i64(time.getEpochSecond()).i32(time.getNano());
    }

    static Instant time(ByteReader in) {
        return Instant.ofEpochSecond(in.i64(), in.i32());
    }
}
