package dev.sobre.mail.mime;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A body of any octets, which becomes base64. Held back is what may be a delimiter line, and the
 * CRLF before it, which then is none of the body's (RFC 2046 §5.1.1).
 */
final class BinaryBody implements Section {

    private static final int CRLF = 2;

    private final Boundaries boundaries;
    private final Base64Lines base64;
    private final Outlet out;
    private final byte[] held = new byte[CRLF + Boundaries.LONGEST_LINE + CRLF];
    private int length; // of what is held
    private int lineEnd; // of that, the line end in front: none at the start of the body
    private boolean holding = true;

    BinaryBody(Boundaries boundaries, Base64Lines base64, Outlet out) {
        this.boundaries = boundaries;
        this.base64 = base64;
        this.out = out;
    }

    @Override
    public Optional<Delimiter> take(ByteBuffer in) throws IOException {
        Optional<Delimiter> found = Optional.empty();
        while (found.isEmpty() && in.hasRemaining()) {
            if (holding) found = hold(in.get());
            else pass(in);
        }
        return found;
    }

    private void pass(ByteBuffer in) throws IOException {
        int from = in.position();
        int at = from;
        while (at < in.limit() && in.get(at) != '\r') at++;
        base64.take(in.slice(from, at - from));
        in.position(at);
        lineEnd = CRLF;
        holding = true; // from the CR on, if there is one
    }

    private Optional<Delimiter> hold(byte octet) throws IOException {
        held[length++] = octet;
        int column = length - lineEnd; // in the line that may be a delimiter
        boolean afterCr = length > 1 && held[length - 2] == '\r';
        if (column > 0 && afterCr && octet == '\n') return endOfLine();
        boolean possible =
                switch (column) {
                    case -1 -> octet == '\r';
                    case 0 -> octet == '\n';
                    case 1, 2 -> octet == '-';
                    default -> octet != '\n' && !afterCr && length < held.length;
                };
        if (!possible) release(octet);
        return Optional.empty();
    }

    private Optional<Delimiter> endOfLine() throws IOException {
        Optional<Delimiter> found = match(length - CRLF);
        if (found.isPresent()) {
            base64.end();
            out.take(ByteBuffer.wrap(held, 0, length));
            return found;
        }
        base64.take(ByteBuffer.wrap(held, 0, length - CRLF));
        held[0] = '\r';
        held[1] = '\n';
        length = CRLF;
        lineEnd = CRLF;
        return found;
    }

    private Optional<Delimiter> match(int end) {
        return boundaries.match(ByteBuffer.wrap(held, lineEnd, end - lineEnd));
    }

    /** It was no delimiter. A CR at its end may be the start of the line end before one. */
    private void release(byte last) throws IOException {
        holding = last == '\r';
        base64.take(ByteBuffer.wrap(held, 0, holding ? length - 1 : length));
        held[0] = '\r';
        length = holding ? 1 : 0;
        lineEnd = CRLF;
    }

    @Override
    public void end() throws IOException {
        boolean delimiter = length - lineEnd > 2 && held[length - 1] != '\r';
        if (delimiter && match(length).isPresent()) {
            base64.end();
            out.take(ByteBuffer.wrap(held, 0, length));
            return;
        }
        base64.take(ByteBuffer.wrap(held, 0, length));
        if (base64.end()) out.take(ByteBuffer.wrap(new byte[] {'\r', '\n'}));
    }
}
