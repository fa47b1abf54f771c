package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** How many keywords there may be, the same in every backend. */
public final class KeywordLimits {

    /** The most keywords of one message. */
    public static final int OF_MESSAGE = 64;

    /** The longest keyword, in characters. */
    public static final int LONGEST = 100;

    /** The most different keywords in one mailbox. */
    public static final int OF_MAILBOX = 512;

    private KeywordLimits() {}

    /**
     * Refuses flags that a mailbox can't take. What the same change takes away makes room for the
     * next one only.
     *
     * @param present the keywords that the mailbox has: {@link MailboxIndex#keywords}
     * @param coming the flags that messages of it are to have
     * @throws StoreException with {@link Reason#LIMIT}
     */
    public static void require(Set<String> present, Collection<Flags> coming) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Flags flags : coming) {
            if (flags.keywords().isEmpty()) continue;
            require(flags);
            all.addAll(flags.keywords());
        }
        if (all.isEmpty()) return;
        int before = present.size();
        all.removeAll(present);
        if (!all.isEmpty() && before + all.size() > OF_MAILBOX) {
            throw limit("a mailbox can have " + OF_MAILBOX + " different keywords");
        }
    }

    private static void require(Flags flags) {
        if (flags.keywords().size() > OF_MESSAGE) {
            throw limit("a message can have " + OF_MESSAGE + " keywords");
        }
        for (String keyword : flags.keywords()) {
            if (keyword.length() > LONGEST) {
                throw limit("a keyword can have " + LONGEST + " characters");
            }
        }
    }

    private static StoreException limit(String message) {
        return new StoreException(Reason.LIMIT, message);
    }
}
