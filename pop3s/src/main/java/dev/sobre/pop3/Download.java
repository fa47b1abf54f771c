package dev.sobre.pop3;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message on its way to the client, with a dot before each line that begins with one (RFC 1939
 * §3). An LF on its own, which clients take for a line end or not as they please, becomes CRLF, so
 * that all see the same lines.
 */
final class Download {

    /** Where the octets go. */
    @FunctionalInterface
    interface Run {
        void take(byte[] octets, int from, int length) throws IOException;
    }

    private static final int CHUNK = 16 * 1024;
    private static final byte[] DOT = {'.'};
    private static final byte[] CR = {'\r'};
    private static final byte[] LF = {'\n'};

    private final Run out;
    private long linesLeft;
    private boolean header = true;
    private boolean lineStart = true;
    private boolean lineEmpty = true;
    private boolean afterCr;

    /**
     * @param lines how many lines of the body at most, beside the header and the empty line
     */
    Download(LineConnection to, long lines) {
        this(to::write, lines);
    }

    Download(Run out, long lines) {
        this.out = out;
        this.linesLeft = lines;
    }

    /** Sends a body; it ends with a line end then, whether or not it has one itself. */
    void send(BlobReader body) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        long at = 0;
        while (at < body.length() && !isEnough()) {
            chunk.clear();
            int read = body.read(at, chunk);
            if (read <= 0) throw new IOException("a stored body is shorter than its length");
            at += read;
            take(chunk.array(), read);
        }
        end();
    }

    void take(byte[] octets, int length) throws IOException {
        int from = 0;
        int at = 0;
        while (at < length && !isEnough()) {
            byte octet = octets[at];
            boolean dot = lineStart && octet == '.';
            boolean bareLf = octet == '\n' && !afterCr;
            if (dot || bareLf) {
                out.take(octets, from, at - from);
                out.take(dot ? DOT : CR, 0, 1);
                from = at;
            }
            note(octet);
            at++;
        }
        out.take(octets, from, at - from);
    }

    void end() throws IOException {
        if (lineStart) return;
        if (!afterCr) out.take(CR, 0, 1);
        out.take(LF, 0, 1);
    }

    private boolean isEnough() {
        return !header && lineStart && linesLeft == 0;
    }

    private void note(byte octet) {
        lineStart = octet == '\n';
        if (lineStart) {
            if (!header) linesLeft--;
            else if (lineEmpty) header = false;
            lineEmpty = true;
        } else if (octet != '\r') {
            lineEmpty = false;
        }
        afterCr = octet == '\r';
    }
}
