package dev.sobre.mail.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A subject without what replies and forwards add to it. RFC 5256 §2.1.
 *
 * @param text may be empty
 * @param reply whether anything was there that marks a reply or a forward
 */
public record BaseSubject(String text, boolean reply) {

    private static final int LONGEST = 1000; // characters that are looked at

    // RFC 5256 §5: subj-refwd; its blob has no brackets inside, so none of these can backtrack far.
    private static final Pattern LEADER =
            Pattern.compile(
                    "(?:\\[[^\\[\\]]*+] ?)*+(?:re|fwd?) ?(?:\\[[^\\[\\]]*+] ?)?+:",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern BLOB = Pattern.compile("\\[[^\\[\\]]*+] ?");
    private static final String FORWARD_HEADER = "[fwd:";
    private static final String FORWARD_TRAILER = "(fwd)";

    /** Reads the value of a Subject field, unfolded. */
    public static BaseSubject of(String field) {
        String decoded = EncodedWords.decode(cut(field));
        return new Reading(cut(decoded).replaceAll("[\\s\\x00]+", " ")).base();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** A subject while it gets shorter. */
    private static final class Reading {
        private String rest;
        private boolean reply;

        Reading(String subject) {
            this.rest = subject.strip();
        }

        BaseSubject base() {
            boolean again = true;
            while (again) {
                trailers();
                while (leader() || blob()) {}
                again = forward();
            }
            return new BaseSubject(rest, reply);
        }

        private void trailers() { // step 2
            rest = rest.stripTrailing();
            while (endsWith(FORWARD_TRAILER)) {
                reply = true;
                rest = rest.substring(0, rest.length() - FORWARD_TRAILER.length()).stripTrailing();
            }
        }

        private boolean leader() { // step 3
            boolean blank = rest.startsWith(" ");
            rest = rest.stripLeading();
            Matcher leader = LEADER.matcher(rest);
            if (!leader.lookingAt()) return blank;
            reply = true;
            rest = rest.substring(leader.end()).stripLeading();
            return true;
        }

        private boolean blob() { // step 4
            Matcher blob = BLOB.matcher(rest);
            if (!blob.lookingAt() || blob.end() == rest.length()) return false;
            rest = rest.substring(blob.end());
            return true;
        }

        private boolean forward() { // step 6
            if (!startsWith(FORWARD_HEADER) || !rest.endsWith("]")) return false;
            reply = true;
            rest = rest.substring(FORWARD_HEADER.length(), rest.length() - 1).strip();
            return true;
        }

        private boolean startsWith(String word) {
            return rest.regionMatches(true, 0, word, 0, word.length());
        }

        private boolean endsWith(String word) {
            int at = rest.length() - word.length();
            return at >= 0 && rest.regionMatches(true, at, word, 0, word.length());
        }
    }
}
