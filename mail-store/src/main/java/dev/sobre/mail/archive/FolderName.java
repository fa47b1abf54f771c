package dev.sobre.mail.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One level of a mailbox name as a file name: IMAP's modified UTF-7 (RFC 3501 §5.1.3), which is
 * plain ASCII and what Dovecot reads, with {@code \2e} for a dot, as its listescape plugin has it.
 */
final class FolderName {

    private static final int LONGEST = 200; // octets; file systems take 255
    private static final int KEPT = 100;

    private FolderName() {}

    static String encode(String level) {
        var out = new StringBuilder();
        for (int i = 0; i < level.length(); ) {
            char c = level.charAt(i);
            if (isPlain(c)) {
                out.append(c == '&' ? "&-" : c == '.' ? "\\2e" : String.valueOf(c));
                i++;
                continue;
            }
            int end = i;
            while (end < level.length() && !isPlain(level.charAt(end))) end++;
            byte[] utf16 = level.substring(i, end).getBytes(StandardCharsets.UTF_16BE);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
            out.append('&').append(base64.replace('/', ',')).append('-');
            i = end;
        }
        return out.toString();
    }

    /** A file name that is not too long; a shortened one ends with a sum of the whole. */
    static String bounded(String encoded) {
        if (encoded.length() <= LONGEST) return encoded;
        return encoded.substring(0, KEPT) + "~" + sum(encoded);
    }

    /** The level that a file name stands for; as it stands where it is not in this form. */
    static String decode(String file) {
        String dotted = file.replace("\\2e", ".").replace("\\2E", ".");
        var out = new StringBuilder();
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            int end = c == '&' ? dotted.indexOf('-', i) : -1;
            if (end < 0) {
                out.append(c);
                continue;
            }
            var text = end == i + 1 ? Optional.of("&") : shifted(dotted.substring(i + 1, end));
            if (text.isEmpty()) return dotted;
            out.append(text.get());
            i = end;
        }
        return out.toString();
    }

    private static Optional<String> shifted(String base64) {
        try {
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
            boolean whole = utf16.length > 0 && utf16.length % 2 == 0;
            return whole
                    ? Optional.of(new String(utf16, StandardCharsets.UTF_16BE))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String sum(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            byte[] sum = sha.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
