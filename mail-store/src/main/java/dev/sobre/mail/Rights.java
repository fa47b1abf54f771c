package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;

/**
 * What someone may do with a mailbox. RFC 4314 §2.1.
 *
 * @param letters of {@code lrswipkxtea}, in this order, each once
 */
public record Rights(String letters) {

    /** The letters of all rights; what {@code c} and {@code d} meant is in others of them. */
    private static final String LETTERS = "lrswipkxtea";

    public static final Rights NONE = new Rights("");

    /** An owner's. */
    public static final Rights ALL = new Rights(LETTERS);

    /** Takes letters in any order. */
    public Rights {
        var sorted = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++) {
            if (letters.indexOf(LETTERS.charAt(i)) >= 0) sorted.append(LETTERS.charAt(i));
        }
        if (letters.chars().anyMatch(c -> LETTERS.indexOf(c) < 0)) {
            throw new StoreException(
                    Reason.REFUSED, "there is no such right; rights are " + LETTERS);
        }
        letters = sorted.toString();
    }

    public boolean has(char letter) {
        return letters.indexOf(letter) >= 0;
    }

    /** Whether one of these letters is among them. */
    public boolean hasAny(String wanted) {
        return letters.chars().anyMatch(c -> wanted.indexOf(c) >= 0);
    }

    /**
     * Those of some flags that may be set and cleared. RFC 4314 §4: {@code s} is for \Seen, {@code
     * t} for \Deleted, {@code w} for all others.
     */
    public Flags permitted(Flags flags) {
        if (has('w') && has('s') && has('t')) return flags;
        var special = Flags.SEEN.plus(Flags.DELETED);
        Flags permitted = has('w') ? flags.minus(special) : Flags.NONE;
        if (has('s') && flags.has(Flag.SEEN)) permitted = permitted.plus(Flags.SEEN);
        if (has('t') && flags.has(Flag.DELETED)) permitted = permitted.plus(Flags.DELETED);
        return permitted;
    }

    public boolean isEmpty() {
        return letters.isEmpty();
    }

    public Rights minus(Rights less) {
        var left = new StringBuilder();
        letters.chars().filter(c -> !less.has((char) c)).forEach(c -> left.append((char) c));
        return new Rights(left.toString());
    }

    public Rights plus(Rights more) {
        return new Rights(letters + more.letters);
    }
}
