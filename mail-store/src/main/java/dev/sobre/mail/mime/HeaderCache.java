package dev.sobre.mail.mime;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The octets of the header fields that clients usually ask for, so that a list of messages touches
 * no body. It knows what it lacks: its answer is that of the header, or none.
 */
public final class HeaderCache {

    /** How much of a header is kept at most. */
    public static final int MOST_OCTETS = 4096;

    private static final int LONGEST_HEADER = 65_536; // of a longer one nothing is kept

    /** In the order in which they get room; a name's place is its bit in what lacks. */
    private static final List<String> USUAL =
            List.of(
                    "from",
                    "subject",
                    "date",
                    "message-id",
                    "sender",
                    "reply-to",
                    "content-type",
                    "to",
                    "in-reply-to",
                    "references",
                    "cc",
                    "bcc",
                    "priority",
                    "x-priority",
                    "importance",
                    "disposition-notification-to",
                    "list-post",
                    "list-id",
                    "list-unsubscribe",
                    "newsgroups",
                    "content-description",
                    "x-label");

    private static final Map<String, Integer> PLACES = places();

    /** Of a header of which nothing is known. */
    public static final HeaderCache UNKNOWN = new HeaderCache(new byte[0], -1, -1, -1);

    private final byte[] octets;
    private final int lacking; // usual fields that are not here
    private final long othersLow; // each other field sets one of 128 bits by its name
    private final long othersHigh;

    private HeaderCache(byte[] octets, int lacking, long othersLow, long othersHigh) {
        this.octets = octets;
        this.lacking = lacking;
        this.othersLow = othersLow;
        this.othersHigh = othersHigh;
    }

    /** A cache in its stored form: what the accessors below give. */
    public static HeaderCache of(byte[] octets, int lacking, long othersLow, long othersHigh) {
        return new HeaderCache(octets.clone(), lacking, othersLow, othersHigh);
    }

    /** Keeps what it may of a whole header. */
    static HeaderCache of(byte[] header) {
        if (header.length > LONGEST_HEADER) return UNKNOWN;
        int[] sizes = new int[USUAL.size()];
        long[] others = {0, 0};
        RawFields.each(
                header,
                (name, from, to) -> {
                    Integer place = PLACES.get(canonical(name));
                    if (place != null) sizes[place] += to - from;
                    else others[bit(name) >> 6] |= 1L << bit(name);
                });
        int lacking = 0;
        int room = MOST_OCTETS;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > room) lacking |= 1 << i;
            else room -= sizes[i];
        }
        return new HeaderCache(kept(header, lacking), lacking, others[0], others[1]);
    }

    private static byte[] kept(byte[] header, int lacking) {
        var out = new ByteArrayOutputStream();
        RawFields.each(
                header,
                (name, from, to) -> {
                    Integer place = PLACES.get(canonical(name));
                    if (place != null && (lacking & 1 << place) == 0) {
                        out.write(header, from, to - from);
                    }
                });
        return out.toByteArray();
    }

    /**
     * The fields of these names, octet for octet as {@link RawFields#choose} gives them; empty when
     * the body must be asked.
     */
    public Optional<byte[]> choose(Collection<String> names) {
        for (String name : names) if (!knows(name)) return Optional.empty();
        var wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(names);
        return Optional.of(RawFields.choose(octets, wanted::contains));
    }

    private boolean knows(String name) {
        Integer place = PLACES.get(canonical(name));
        if (place != null) return (lacking & 1 << place) == 0;
        return ((bit(name) < 64 ? othersLow : othersHigh) & 1L << bit(name)) == 0;
    }

    public byte[] octets() {
        return octets.clone();
    }

    public int lacking() {
        return lacking;
    }

    public long othersLow() {
        return othersLow;
    }

    public long othersHigh() {
        return othersHigh;
    }

    private static int bit(String name) {
        int hash = canonical(name).hashCode() * 0x9E3779B9;
        return hash >>> 25; // the 7 best mixed bits
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < USUAL.size(); i++) places.put(USUAL.get(i), i);
        return places;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof HeaderCache c
                && c.lacking == lacking
                && c.othersLow == othersLow
                && c.othersHigh == othersHigh
                && Arrays.equals(c.octets, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "HeaderCache[" + octets.length + " octets, " + hashCode() + "]";
    }
}
