package dev.sobre.smtp;

import dev.sobre.mail.DomainName;

/** The character rules of RFC 5321 §4.1.2 and §4.1.3. */
final class Grammar {

    private static final String ATOM_MARKS = "!#$%&'*+-/=?^_`{|}~"; // RFC 5322 §3.2.3

    private Grammar() {}

    static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    static boolean isAtom(char c) {
        return isLetterOrDigit(c) || ATOM_MARKS.indexOf(c) >= 0 || isBeyondAscii(c);
    }

    /** RFC 6531 §3.3: what UTF-8 adds; the control characters of Latin-1 are none of it. */
    static boolean isBeyondAscii(char c) {
        return c > 0x9F;
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Atoms with single dots between them. */
    static boolean isDotString(String text) {
        boolean open = true; // an atom must follow
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (open) return false;
                open = true;
            } else if (isAtom(c)) {
                open = false;
            } else {
                return false;
            }
        }
        return !open;
    }

    /** Labels of letters, digits and inner hyphens, with single dots between them. */
    static boolean isDomain(String text) {
        if (text.isEmpty() || text.length() > 255) return false; // §4.5.3.1.2
        if (!isAscii(text)) return isUnicodeDomain(text);
        for (String label : text.split("\\.", -1)) {
            if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) return false;
            if (!label.chars().allMatch(c -> c == '-' || isLetterOrDigit((char) c))) return false;
        }
        return true;
    }

    // RFC 6531 §3.3: U-labels
    private static boolean isUnicodeDomain(String text) {
        return DomainName.ascii(text).map(Grammar::isDomain).orElse(false);
    }

    /** {@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]} or another tagged form. */
    static boolean isAddressLiteral(String text) {
        if (text.length() < 3 || text.length() > 255) return false;
        if (!text.startsWith("[") || !text.endsWith("]")) return false;
        String inside = text.substring(1, text.length() - 1);
        if (!inside.chars()
                .allMatch(c -> c > ' ' && c < 127 && c != '[' && c != '\\' && c != ']')) {
            return false;
        }
        return inside.indexOf(':') > 0 || isIpv4(inside);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) return false;
        for (String part : parts) {
            boolean number = part.length() <= 3 && part.matches("[0-9]+");
            if (!number || Integer.parseInt(part) > 255) return false;
        }
        return true;
    }
}
