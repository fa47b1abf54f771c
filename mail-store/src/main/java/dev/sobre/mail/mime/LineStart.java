package dev.sobre.mail.mime;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Remembers of a line as much as tells whether it is a delimiter. */
final class LineStart {

    private final Boundaries boundaries;
    private final byte[] line = new byte[Boundaries.LONGEST_LINE + 1];
    private int length;
    private boolean possible = true;

    LineStart(Boundaries boundaries) {
        this.boundaries = boundaries;
    }

    /** Takes an octet of lines that end with CRLF; when it ends a delimiter, says which. */
    Optional<Delimiter> take(byte octet) {
        if (octet != '\n') {
            possible = possible && length < line.length && (length >= 2 || octet == '-');
            if (possible) line[length++] = octet;
            return Optional.empty();
        }
        boolean delimits = possible && length > 2;
        int without = length - 1; // the CR
        length = 0;
        possible = true;
        return delimits ? boundaries.match(ByteBuffer.wrap(line, 0, without)) : Optional.empty();
    }
}
