package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxIndex.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The stored form of a row of the mailbox index: what changes of a message, and its size. */
final class IndexRow {

    private static final int VERSION = 2;
    private static final Flags[] SYSTEM_ONLY = new Flags[32];

    static {
        for (int bits = 0; bits < SYSTEM_ONLY.length; bits++) {
            SYSTEM_ONLY[bits] = Flags.of(bits, List.of());
        }
    }

    private IndexRow() {}

    static byte[] encode(Row row) {
        Instant date = row.internalDate();
        var out =
                new ByteWriter(44)
                        .u8(VERSION)
                        .u8(row.flags().systemBits())
                        .count(row.modSeq())
                        .count(row.octets())
                        .i64(date.getEpochSecond())
                        .count(date.getNano())
                        .i32((int) row.savedDate().getEpochSecond())
                        .count(row.flags().keywords().size());
        row.flags().keywords().forEach(out::text);
        return out.done();
    }

    static Row decode(long uid, byte[] value) {
        var in = new ByteReader(value).version(VERSION);
        int system = in.u8();
        long modSeq = in.count();
        long octets = in.count();
        var date = Instant.ofEpochSecond(in.i64(), in.count());
        var saved = Instant.ofEpochSecond(Integer.toUnsignedLong(in.i32()));
        return new Row(uid, flags(system, in), modSeq, octets, date, saved);
    }

    private static Flags flags(int system, ByteReader in) {
        int count = in.size();
        if (count == 0 && system < SYSTEM_ONLY.length) return SYSTEM_ONLY[system];
        List<String> keywords = new ArrayList<>(count);
        for (int i = 0; i < count; i++) keywords.add(in.text());
        return Flags.of(system, keywords);
    }
}
