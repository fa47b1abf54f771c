package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The patterns of one LIST (RFC 5258 §3), any of which may match. */
record ListPatterns(List<ListPattern> patterns) {

    private static final int MOST = 100;

    /** Reads the patterns of a parenthesised list. */
    static List<String> parse(ImapReader in) throws BadMessage, IOException {
        List<String> patterns = new ArrayList<>();
        in.expect('(');
        do {
            patterns.add(in.listMailbox());
            if (patterns.size() > MOST) throw new BadMessage("LIST takes no more patterns");
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(patterns);
    }

    /** RFC 5258 §3: an empty name matches nothing. */
    static ListPatterns of(String reference, List<String> patterns) {
        return new ListPatterns(
                patterns.stream()
                        .filter(pattern -> !pattern.isEmpty())
                        .map(pattern -> ListPattern.of(reference, pattern))
                        .toList());
    }

    /** As {@link ListPattern#cost}, of all together. */
    long cost() {
        return patterns.stream().mapToLong(ListPattern::cost).sum();
    }

    boolean match(String name) {
        for (ListPattern pattern : patterns) if (pattern.matches(name)) return true;
        return false;
    }
}
