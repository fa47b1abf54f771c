package dev.sobre.mail.archive;

import dev.sobre.mail.Flags;
import dev.sobre.mail.KeywordLimits;
import java.util.List;

/** The keywords of others, as far as IMAP can say them: atoms (RFC 9051 §9, flag-keyword). */
final class Keywords {

    private static final String SPECIAL = "(){%*\"\\]";

    private Keywords() {}

    /** The flags without keywords that no client could be told of. */
    static Flags usable(Flags flags) {
        List<String> usable = flags.keywords().stream().filter(Keywords::isAtom).toList();
        if (usable.size() == flags.keywords().size()) return flags;
        return Flags.of(flags.systemBits(), usable);
    }

    private static boolean isAtom(String keyword) {
        return !keyword.isEmpty()
                && keyword.length() <= KeywordLimits.LONGEST
                && keyword.chars().allMatch(c -> c > ' ' && c < 127 && SPECIAL.indexOf(c) < 0);
    }
}
