package dev.sobre.smtp.relay;

import java.util.regex.Pattern;

/** Addresses beyond ASCII in the letters of ASCII (RFC 6533 §3): {@code \x{E4}} for {@code ä}. */
final class Unitext {

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

    private Unitext() {}

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** What is in ASCII stays as it is. */
    static String encode(String text) {
        return BEYOND_ASCII
                .matcher(text)
                .replaceAll(found -> "\\\\x{%X}".formatted(found.group().codePointAt(0)));
    }
}
