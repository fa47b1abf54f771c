package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Header octets as text. */
final class Octets {

    private Octets() {}

    /** UTF-8 (RFC 6532), or ISO-8859-1 when it is not that; no octet is lost. */
    static String text(ByteBuffer octets) {
        try {
            return UTF_8.newDecoder().decode(octets.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return ISO_8859_1.decode(octets.duplicate()).toString();
        }
    }
}
