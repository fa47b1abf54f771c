package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flag;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.stream.IntStream;

/** Where the messages of a set stand in an index. */
final class Positions {

    private Positions() {}

    /** The positions of those UIDs of a set that exist, ascending. */
    static int[] of(MailboxIndex index, UidSet uids) {
        return uids.ranges().stream()
                .flatMapToInt(r -> IntStream.range(from(index, r.first()), past(index, r.last())))
                .toArray();
    }

    private static int from(MailboxIndex index, long uid) {
        int at = index.find(uid);
        return at < 0 ? -at - 1 : at;
    }

    private static int past(MailboxIndex index, long uid) {
        int at = index.find(uid);
        return at < 0 ? -at - 1 : at + 1;
    }

    /** Those UIDs of a set whose messages have {@code \Deleted}. */
    static UidSet deleted(MailboxIndex index, UidSet uids) {
        var set = new UidSet.Builder();
        for (int at : of(index, uids)) {
            if (index.flags(at).has(Flag.DELETED)) set.add(index.uid(at));
        }
        return set.build();
    }
}
