package dev.sobre.mail.rocksdb;

import dev.sobre.mail.UidSet;

/** The stored form of a set of UIDs: for each range its distance from the one before and length. */
final class StoredUids {

    private StoredUids() {}

    static byte[] encode(UidSet uids) {
        var out = new ByteWriter(16).u8(1).count(uids.ranges().size());
        long last = 0;
        for (var range : uids.ranges()) {
            out.count(range.first() - last).count(range.last() - range.first());
            last = range.last();
        }
        return out.done();
    }

    static UidSet decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        var uids = new UidSet.Builder();
        long last = 0;
        for (int ranges = in.size(); ranges > 0; ranges--) {
            long first = last + in.count();
            last = first + in.count();
            if (first < 1 || last > UidSet.HIGHEST) throw ByteReader.damaged("a bad set of UIDs");
            uids.add(first, last);
        }
        return uids.build();
    }
}
