package dev.sobre.mail;

import java.util.Locale;
import java.util.Optional;

/** The rule for names of mailboxes, the same in every backend. */
public final class MailboxName {

    /** The longest name, in characters. */
    public static final int LONGEST = 512;

    /** The most levels in a name. */
    public static final int DEEPEST = 32;

    private MailboxName() {}

    /**
     * Why a name can't be used, or empty when it can: 1 to 512 characters of valid Unicode without
     * control characters, {@code %}, {@code *} and backslash, at most 32 levels, none of them
     * empty, {@code .} or {@code ..}.
     */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) return Optional.of("a mailbox name can't be empty");
        if (name.length() > LONGEST) return Optional.of("the mailbox name is too long");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || c == '%' || c == '*' || c == '\\') {
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

    /** The name under which a mailbox is kept: INBOX in any letter case becomes {@code INBOX}. */
    public static String canonical(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? name : name.substring(0, slash);
        if (!first.toUpperCase(Locale.ROOT).equals(Mailbox.INBOX)) return name;
        return slash < 0 ? Mailbox.INBOX : Mailbox.INBOX + name.substring(slash);
    }
}
