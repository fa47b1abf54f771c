package dev.sobre.mail.mime;

import java.io.IOException;

/**
 * Reads the structure of a message in one pass with bounded memory: 100 levels, 10,000 parts, 256
 * KiB of one header and 2 MiB of all headers are looked at. A multipart always has children.
 */
public final class MimeParser {

    /** Multiparts and messages inside of each other; what is deeper is not looked into. */
    public static final int DEEPEST = StructureReader.DEEPEST;

    private MimeParser() {}

    /**
     * The structure of a message. Malformed MIME is never an error; it is taken for the plain text
     * or the bare octets that it looks like.
     *
     * @throws IOException only when the body can't be read
     */
    public static MimeEntity parse(MessageOctets body) throws IOException {
        return new StructureReader(new LineScanner(body)).message();
    }
}
