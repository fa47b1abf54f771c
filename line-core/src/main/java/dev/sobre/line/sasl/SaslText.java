package dev.sobre.line.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** User names and passwords as octets: strict UTF-8, never empty, without NUL, bounded. */
final class SaslText {

    /** The longest name or password, in octets; RFC 4616 §2 asks for at least 255. */
    static final int LONGEST = 1024;

    private SaslText() {}

    /** The text of these octets if they are UTF-8 (which has no surrogates and no long forms). */
    static Optional<String> utf8(byte[] octets) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder(); // a new one reports, not replaces
            return Optional.of(decoder.decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** A name or password that stands alone. */
    static Optional<String> read(byte[] octets) {
        if (octets.length > LONGEST) return Optional.empty();
        return utf8(octets).filter(text -> fits(text) && text.indexOf('\0') < 0);
    }

    /** Whether a name or password is neither empty nor too long. */
    static boolean fits(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /**
     * A password in the form in which it is hashed; nothing when it can't be anybody's. RFC 8265
     * §4.2.2 as far as rule 4 (NFC): an é typed as one code point and one typed as two are the
     * same.
     */
    static Optional<byte[]> prepare(String password) {
        if (!fits(password) || password.indexOf('\0') >= 0) return Optional.empty();
        try {
            var text = CharBuffer.wrap(Normalizer.normalize(password, Normalizer.Form.NFC));
            var octets = StandardCharsets.UTF_8.newEncoder().encode(text);
            byte[] prepared = new byte[octets.remaining()];
            octets.get(prepared);
            return Optional.of(prepared);
        } catch (CharacterCodingException loneSurrogate) {
            return Optional.empty();
        }
    }
}
