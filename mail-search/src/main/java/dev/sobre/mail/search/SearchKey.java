package dev.sobre.mail.search;

import dev.sobre.mail.Flag;
import dev.sobre.mail.UidSet;
import java.time.LocalDate;
import java.util.List;

/**
 * A condition that a message meets or not. RFC 9051 §6.4.4. What only a protocol's session knows,
 * such as sequence numbers, it says as {@link Uids}.
 */
public sealed interface SearchKey {

    /** So many keys may be inside of one another. */
    int DEEPEST = 100;

    record All() implements SearchKey {}

    /** All of them hold; true of none. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }

        public And(SearchKey... keys) {
            this(List.of(keys));
        }
    }

    /** One of them holds; false of none. */
    record Or(List<SearchKey> keys) implements SearchKey {
        public Or {
            keys = List.copyOf(keys);
        }

        public Or(SearchKey... keys) {
            this(List.of(keys));
        }
    }

    record Not(SearchKey key) implements SearchKey {}

    record Uids(UidSet set) implements SearchKey {}

    record Has(Flag flag) implements SearchKey {}

    record Keyword(String keyword) implements SearchKey {}

    record Larger(long octets) implements SearchKey {}

    record Smaller(long octets) implements SearchKey {}

    /** Has this MODSEQ or a higher one. RFC 7162 §3.1.5. */
    record ModSeq(long atLeast) implements SearchKey {}

    /** Has this email id ({@link dev.sobre.mail.EmailId#text}). RFC 8474 §6. */
    record OfEmail(String id) implements SearchKey {}

    /** Belongs to the thread of this id ({@link dev.sobre.mail.ThreadId#text}). RFC 8474 §6. */
    record OfThread(String id) implements SearchKey {}

    /** The internal date, as a day in UTC. */
    record Arrived(When when, LocalDate day) implements SearchKey {}

    /** The day on which it came into this mailbox, in UTC. RFC 8514. */
    record Saved(When when, LocalDate day) implements SearchKey {}

    /** The day of the Date field, whatever its zone; a message without one does not match. */
    record Sent(When when, LocalDate day) implements SearchKey {}

    /** The internal date is at least so many seconds ago. RFC 5032. */
    record Older(long seconds) implements SearchKey {}

    /** The internal date is at most so many seconds ago. RFC 5032. */
    record Younger(long seconds) implements SearchKey {}

    /**
     * A field of the header contains a text; any content will do when it is empty. FROM, TO, CC,
     * BCC and SUBJECT are this with their names.
     */
    record Header(String field, String text) implements SearchKey {}

    /** A text in the body. */
    record Body(String text) implements SearchKey {}

    /** A text in the header, in the header of a part, or in the body. */
    record Text(String text) implements SearchKey {}

    /** How a day compares to the one given. */
    enum When {
        BEFORE,
        ON,
        SINCE;

        boolean holds(LocalDate day, LocalDate than) {
            return switch (this) {
                case BEFORE -> day.isBefore(than);
                case ON -> day.equals(than);
                case SINCE -> !day.isBefore(than);
            };
        }
    }
}
