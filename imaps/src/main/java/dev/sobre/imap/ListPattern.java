package dev.sobre.imap;

import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxName;

/**
 * A pattern of LIST and LSUB (RFC 3501 §6.3.8): {@code *} stands for anything, {@code %} for
 * anything within one level; INBOX matches in any letter case. Matching tries all alternatives at
 * once, so its time is the product of the two lengths, whatever the pattern.
 */
final class ListPattern {

    private final String pattern;
    private final int literals; // a name must have so many characters at least

    private ListPattern(String pattern) {
        this.pattern = pattern;
        this.literals = (int) pattern.chars().filter(c -> c != '*' && c != '%').count();
    }

    static ListPattern of(String reference, String pattern) {
        return new ListPattern(simplified(MailboxName.canonical(reference + pattern)));
    }

    /** Whether the pattern also means the parents of what it does not match. */
    boolean endsInLevel() {
        return pattern.endsWith("%");
    }

    /** By how much a LIST takes longer, in messages gone through: much beyond a hundred letters. */
    long cost() {
        return 20L * pattern.length();
    }

    boolean matches(String name) {
        if (literals > name.length()) return false;
        boolean[] at = new boolean[pattern.length() + 1]; // the pattern is matched up to here
        at[0] = true;
        passWildcards(at);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            for (int p = pattern.length(); p >= 0; p--) {
                boolean stays = p < pattern.length() && at[p] && swallows(pattern.charAt(p), c);
                boolean comes = p > 0 && at[p - 1] && pattern.charAt(p - 1) == c;
                at[p] = stays || comes;
            }
            passWildcards(at);
        }
        return at[pattern.length()];
    }

    private static boolean swallows(char wildcard, char c) {
        return wildcard == '*' || (wildcard == '%' && c != Mailbox.SEPARATOR);
    }

    /** A wildcard can stand for nothing. */
    private void passWildcards(boolean[] at) {
        for (int p = 0; p < pattern.length(); p++) {
            char c = pattern.charAt(p);
            if (at[p] && (c == '*' || c == '%')) at[p + 1] = true;
        }
    }

    /** Without wildcards that follow another: {@code %*%} means {@code *}. */
    private static String simplified(String pattern) {
        var out = new StringBuilder(pattern.length());
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c != '*' && c != '%') {
                out.append(c);
                i++;
                continue;
            }
            char wildcard = '%';
            while (i < pattern.length() && (pattern.charAt(i) == '*' || pattern.charAt(i) == '%')) {
                if (pattern.charAt(i) == '*') wildcard = '*';
                i++;
            }
            out.append(wildcard);
        }
        return out.toString();
    }
}
