package dev.sobre.mail.mime;

import dev.sobre.mail.BlobReader;
import java.io.IOException;

/**
 * Reads the structure of a message in one pass with bounded memory: 100 levels, 10,000 parts, 256
 * KiB of one header and 2 MiB of all headers are looked at. A multipart always has children.
 */
public final class MimeParser {

    private MimeParser() {}

    /**
     * The structure of a message. Malformed MIME is never an error; it is taken for the plain text
     * or the bare octets that it looks like.
     *
     * @throws IOException only when the body can't be read
     */
    public static MimeEntity parse(BlobReader body) throws IOException {
        return new StructureReader(new LineScanner(body)).message();
    }
}
