package dev.sobre.mail.search;

/**
 * What messages are sorted by. RFC 5256 §3; RFC 5957.
 *
 * @param reverse whether what compares as greater comes first
 */
public record SortKey(Field field, boolean reverse) {

    /** A property of a message that can be compared. */
    public enum Field {
        /** The internal date. */
        ARRIVAL,
        /** The local part of the first address of Cc. */
        CC,
        /** The date and time of the Date field; the internal date where there is none. */
        DATE,
        /** The name in the first address of From, or the address when it has none. */
        DISPLAYFROM,
        /** The name in the first address of To, or the address when it has none. */
        DISPLAYTO,
        /** The local part of the first address of From. */
        FROM,
        /** How well it matches, the best first (RFC 6203); who sorts says how well. */
        RELEVANCY,
        SIZE,
        /** The subject without what replies and forwards add to it. */
        SUBJECT,
        /** The local part of the first address of To. */
        TO
    }
}
