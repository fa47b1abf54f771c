package dev.sobre.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;

/**
 * Decodes the encoded words in a header field. RFC 2047. Linear: a word has an end within {@link
 * #LONGEST}, or is none. What is no encoded word stays as it is.
 */
public final class EncodedWords {

    /** RFC 2047 §2 says 75; many write longer ones. */
    private static final int LONGEST = 512;

    private EncodedWords() {}

    private record Word(String text, int end) {}

    /** The text with its encoded words decoded. */
    public static String decode(String text) {
        int at = 0;
        int start = text.indexOf("=?");
        if (start < 0) return text;
        var out = new StringBuilder(text.length());
        boolean afterWord = false;
        while (start >= 0) {
            Optional<Word> word = word(text, start);
            // RFC 2047 §6.2: white space between two encoded words is not part of the text.
            boolean joined = afterWord && word.isPresent() && isBlank(text, at, start);
            if (!joined) out.append(text, at, start);
            out.append(word.map(Word::text).orElse("=?"));
            at = word.map(Word::end).orElse(start + 2);
            afterWord = word.isPresent();
            start = text.indexOf("=?", at);
        }
        return out.append(text, at, text.length()).toString();
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) if (text.charAt(i) > ' ') return false;
        return true;
    }

    /** The word that starts here: {@code =?charset?B?text?=}. */
    private static Optional<Word> word(String text, int start) {
        int most = Math.min(text.length(), start + LONGEST);
        int charsetEnd = text.indexOf('?', start + 2, most);
        if (charsetEnd < 0 || charsetEnd + 3 > most || text.charAt(charsetEnd + 2) != '?') {
            return Optional.empty();
        }
        int end = text.indexOf("?=", charsetEnd + 3, most);
        if (end < 0) return Optional.empty();
        String encoded = text.substring(charsetEnd + 3, end);
        return octets(text.charAt(charsetEnd + 1), encoded)
                .map(o -> new String(o, charset(text.substring(start + 2, charsetEnd))))
                .map(decoded -> new Word(decoded, end + 2));
    }

    private static Optional<byte[]> octets(char encoding, String encoded) {
        return switch (encoding) {
            case 'Q', 'q' -> Optional.of(quotedPrintable(encoded));
            case 'B', 'b' -> base64(encoded);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> base64(String encoded) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** RFC 2047 §4.2. */
    private static byte[] quotedPrintable(String encoded) {
        var out = new ByteArrayOutputStream(encoded.length());
        int i = 0;
        while (i < encoded.length()) {
            char c = encoded.charAt(i);
            int high = c == '=' && i + 2 < encoded.length() ? hex(encoded.charAt(i + 1)) : -1;
            int low = high >= 0 ? hex(encoded.charAt(i + 2)) : -1;
            if (low >= 0) out.write(high << 4 | low);
            else out.write(c == '_' ? ' ' : c);
            i += low >= 0 ? 3 : 1;
        }
        return out.toByteArray();
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }

    /** The name may carry a language (RFC 2231 §5). */
    private static Charset charset(String name) {
        int star = name.indexOf('*');
        return Charsets.named(star < 0 ? name : name.substring(0, star));
    }
}
