package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rule for names of metadata entries. RFC 5464 §3.2. */
public final class EntryName {

    /** The longest name, in characters. */
    public static final int LONGEST = 256;

    private EntryName() {}

    /**
     * Why a name can't be used, or empty when it can: {@code /private} or {@code /shared} and at
     * least one further level (two below {@code /vendor}); printable ASCII without {@code *} and
     * {@code %}.
     */
    public static Optional<String> problem(String name) {
        if (name.length() > LONGEST) return Optional.of("the entry's name is too long");
        if (!name.chars().allMatch(c -> c >= ' ' && c < 127 && c != '*' && c != '%')) {
            return Optional.of("the entry's name has a character that is not allowed");
        }
        List<String> levels = List.of(canonical(name).split("/", -1));
        boolean scoped =
                levels.getFirst().isEmpty()
                        && levels.size() > 2
                        && (levels.get(1).equals("private") || levels.get(1).equals("shared"));
        if (!scoped) return Optional.of("an entry's name begins with /private/ or /shared/");
        if (levels.subList(1, levels.size()).contains("")) {
            return Optional.of("the entry's name has an empty level");
        }
        boolean vendor = levels.get(2).equals("vendor");
        if (vendor && levels.size() < 5) {
            return Optional.of("a vendor's entry is named /…/vendor/<vendor>/<name>");
        }
        return Optional.empty();
    }

    /** The name under which an entry is kept. */
    public static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Changes by canonical name, all of which may be made where there is room.
     *
     * @throws StoreException as {@link Metadata#change} says
     */
    public static SortedMap<String, Optional<ByteBuffer>> checked(
            Map<String, Optional<ByteBuffer>> entries) {
        SortedMap<String, Optional<ByteBuffer>> checked = new TreeMap<>();
        entries.forEach(
                (name, value) -> {
                    problem(name)
                            .ifPresent(
                                    problem -> {
                                        throw new StoreException(Reason.REFUSED, problem);
                                    });
                    if (value.map(ByteBuffer::remaining).orElse(0) > Metadata.LONGEST_VALUE) {
                        throw new StoreException(Reason.TOO_LARGE, "the entry is too long");
                    }
                    checked.put(canonical(name), value.map(EntryName::copy));
                });
        return checked;
    }

    /** Refuses a checked change after which a mailbox or account would have too many entries. */
    public static void requireRoom(
            SortedMap<String, ByteBuffer> present, Map<String, Optional<ByteBuffer>> changes) {
        long more =
                changes.entrySet().stream()
                        .filter(e -> e.getValue().isPresent() && !present.containsKey(e.getKey()))
                        .count();
        long fewer =
                changes.entrySet().stream()
                        .filter(e -> e.getValue().isEmpty() && present.containsKey(e.getKey()))
                        .count();
        if (more > 0 && present.size() + more - fewer > Metadata.MOST_ENTRIES) {
            throw new StoreException(Reason.LIMIT, "there can be no more entries");
        }
    }

    private static ByteBuffer copy(ByteBuffer value) {
        ByteBuffer copy = ByteBuffer.allocate(value.remaining());
        return copy.put(value.duplicate()).flip().asReadOnlyBuffer();
    }
}
