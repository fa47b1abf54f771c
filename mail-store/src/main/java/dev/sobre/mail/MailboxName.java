package dev.sobre.mail;

import static java.text.Normalizer.Form.NFC;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rule for names of mailboxes, the same in every backend. */
public final class MailboxName {

    /** The longest name, in characters. */
    public static final int LONGEST = 512;

    /** The most levels in a name. */
    public static final int DEEPEST = 32;

    // RFC 9051 §5.1: wildcards; RFC 5198 §2: separators that no name needs.
    private static final String FORBIDDEN = "%*\\\u2028\u2029";

    private MailboxName() {}

    /**
     * Why a name can't be used, or empty when it can: 1 to 512 characters of valid Unicode without
     * control characters, line and paragraph separators, {@code %}, {@code *} and backslash, at
     * most 32 levels, none of them empty, {@code .} or {@code ..}.
     */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) return Optional.of("a mailbox name can't be empty");
        if (name.length() > LONGEST) return Optional.of("the mailbox name is too long");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0) {
                return Optional.of("the mailbox name has a character that is not allowed");
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        i + 1 < name.length() && Character.isSurrogatePair(c, name.charAt(i + 1));
                if (!pair) return Optional.of("the mailbox name is not valid Unicode");
                i++;
            }
        }
        String[] levels = name.split("/", -1);
        if (levels.length > DEEPEST) return Optional.of("the mailbox name has too many levels");
        for (String level : levels) {
            if (level.isEmpty() || level.equals(".") || level.equals("..")) {
                return Optional.of("the mailbox name has a level that is empty, '.' or '..'");
            }
        }
        return Optional.empty();
    }

    /**
     * The name under which a mailbox is kept: in Unicode's form NFC, so that it does not matter how
     * a client composes its letters, and INBOX in any letter case as {@code INBOX}.
     */
    public static String canonical(String given) {
        // A name that is too long in any form is not worth the work.
        String name = given.length() > 4 * LONGEST ? given : Normalizer.normalize(given, NFC);
        int slash = name.indexOf('/');
        String first = slash < 0 ? name : name.substring(0, slash);
        if (!first.toUpperCase(Locale.ROOT).equals(Mailbox.INBOX)) return name;
        return slash < 0 ? Mailbox.INBOX : Mailbox.INBOX + name.substring(slash);
    }

    /**
     * The {@link #canonical} form of a name that is to be used.
     *
     * @throws StoreException with {@link StoreException.Reason#REFUSED} when it can't be
     */
    public static String usable(String given) {
        String name = canonical(given);
        Optional<String> problem = problem(name);
        if (problem.isPresent()) {
            throw new StoreException(StoreException.Reason.REFUSED, problem.get());
        }
        return name;
    }

    /** The names above a name, the shortest first. */
    public static List<String> parents(String name) {
        List<String> all = new ArrayList<>();
        for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
            all.add(name.substring(0, at));
        }
        return all;
    }
}
