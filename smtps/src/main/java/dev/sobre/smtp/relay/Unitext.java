package dev.sobre.smtp.relay;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses beyond ASCII in the letters of ASCII (RFC 6533 §3): {@code \x{E4}} for {@code ä}. */
final class Unitext {

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");
    private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-F]{2,6})}");

    private Unitext() {}

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** The other way; what is no character stays as it is. */
    static String decode(String text) {
        return EMBEDDED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult embedded) {
        int point = Integer.parseInt(embedded.group(1), 16);
        int type = Character.getType(point);
        boolean none = type == Character.SURROGATE || type == Character.CONTROL;
        return none || !Character.isValidCodePoint(point)
                ? embedded.group()
                : Character.toString(point);
    }

    /** What is in ASCII stays as it is. */
    static String encode(String text) {
        return BEYOND_ASCII
                .matcher(text)
                .replaceAll(found -> "\\\\x{%X}".formatted(found.group().codePointAt(0)));
    }
}
