package dev.sobre.mail.search;

import dev.sobre.mail.MailboxIndex;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What the packed index of a mailbox says of its messages, by their positions.
 *
 * @param asked when; ages are counted from then
 */
record Facts(MailboxIndex now, Instant asked) {

    /** Whether a key that is about such a fact holds. */
    boolean holds(SearchKey key, int at) {
        return switch (key) {
            case SearchKey.Uids uids -> uids.set().contains(now.uid(at));
            case SearchKey.Has has -> now.flags(at).has(has.flag());
            case SearchKey.Keyword word -> now.flags(at).hasKeyword(word.keyword());
            case SearchKey.Larger larger -> now.octets(at) > larger.octets();
            case SearchKey.Smaller smaller -> now.octets(at) < smaller.octets();
            case SearchKey.ModSeq modSeq -> now.modSeq(at) >= modSeq.atLeast();
            case SearchKey.Arrived a -> a.when().holds(day(now.internalDate(at)), a.day());
            case SearchKey.Saved s -> s.when().holds(day(now.savedDate(at)), s.day());
            case SearchKey.Older older -> age(at) >= older.seconds();
            case SearchKey.Younger younger -> age(at) <= younger.seconds();
            default -> throw new IllegalArgumentException("the index does not know of " + key);
        };
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private long age(int at) {
        return asked.getEpochSecond() - now.internalDate(at).getEpochSecond();
    }
}
