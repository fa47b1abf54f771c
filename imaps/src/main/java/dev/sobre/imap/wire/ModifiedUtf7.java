package dev.sobre.imap.wire;

import java.util.Optional;

/** The encoding of mailbox names (RFC 3501 §5.1.3). */
public final class ModifiedUtf7 {

    private static final String BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

    private ModifiedUtf7() {}

    /** The name in printable US-ASCII. */
    public static String encode(String name) {
        var out = new StringBuilder(name.length() + 8);
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (printable(c)) {
                out.append(c);
                if (c == '&') out.append('-');
                at++;
            } else {
                int end = at;
                while (end < name.length() && !printable(name.charAt(end))) end++;
                shifted(name, at, end, out);
                at = end;
            }
        }
        return out.toString();
    }

    /**
     * The name that was encoded, or empty when this is not how an encoder writes it: octets outside
     * printable US-ASCII, a shift without end, printable characters inside a shift (which could
     * hide a separator), superfluous shifts, bits left over, or lone surrogates.
     */
    public static Optional<String> decode(String text) {
        var out = new StringBuilder(text.length());
        int at = 0;
        boolean shiftedBefore = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!printable(c)) return Optional.empty();
            if (c != '&') {
                out.append(c);
                at++;
                shiftedBefore = false;
                continue;
            }
            int end = text.indexOf('-', at);
            if (end < 0) return Optional.empty();
            if (end == at + 1) {
                out.append('&');
                shiftedBefore = false;
            } else {
                // RFC 3501 §5.1.3: "&...-&...-" is a superfluous shift.
                if (shiftedBefore || !unshift(text, at + 1, end, out)) return Optional.empty();
                shiftedBefore = true;
            }
            at = end + 1;
        }
        return Optional.of(out.toString());
    }

    private static boolean printable(char c) {
        return c >= 0x20 && c <= 0x7e;
    }

    private static void shifted(String name, int from, int to, StringBuilder out) {
        out.append('&');
        int bits = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            held = held << 16 | name.charAt(i);
            bits += 16;
            while (bits >= 6) {
                bits -= 6;
                out.append(BASE64.charAt(held >>> bits & 63));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) out.append(BASE64.charAt(held << (6 - bits) & 63));
        out.append('-');
    }

    private static boolean unshift(String text, int from, int to, StringBuilder out) {
        int bits = 0;
        int held = 0;
        int start = out.length();
        for (int i = from; i < to; i++) {
            int value = BASE64.indexOf(text.charAt(i));
            if (value < 0) return false;
            held = held << 6 | value;
            bits += 6;
            if (bits >= 16) {
                bits -= 16;
                char c = (char) (held >>> bits);
                if (printable(c)) return false;
                out.append(c);
                held &= (1 << bits) - 1;
            }
        }
        return bits < 6 && held == 0 && pairs(out, start);
    }

    /** Whether all surrogates come in pairs. */
    private static boolean pairs(StringBuilder text, int from) {
        return text.substring(from)
                .codePoints()
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
