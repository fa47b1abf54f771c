package dev.sobre.mail.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file read line by line; a long line comes in pieces, so that memory is bounded. */
final class Lines implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from; // of the piece
    private int to; // its end
    private int limit; // of what was read
    private boolean begins = true;
    private boolean ends = true;
    private long position; // of the piece in the file

    Lines(InputStream in) {
        this.in = in;
    }

    static Lines of(Path file) throws IOException {
        return new Lines(Folders.read(file));
    }

    /** Goes to the next piece; false at the end. */
    boolean next() throws IOException {
        position += to - from;
        from = to;
        begins = ends;
        int at = from;
        while (true) {
            while (at < limit && buffer[at] != '\n') at++;
            if (at < limit) {
                to = at + 1;
                ends = true;
                return true;
            }
            if (limit - from == buffer.length) break;
            int kept = at - from;
            if (!fill()) break;
            at = from + kept;
        }
        to = limit;
        ends = false;
        return to > from;
    }

    /** Reads more behind the piece, which may move; false when there is no more. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
            limit -= from;
            from = 0;
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read > 0) limit += read;
        return read > 0;
    }

    /** The next line as text without its end; of a very long one only the beginning. */
    @Nullable String line() throws IOException {
        if (!next()) return null;
        String text = text();
        while (!ends) if (!next()) break;
        return text;
    }

    /** The piece as text without the line's end. */
    String text() {
        return new String(buffer, from, lengthOfText(), StandardCharsets.UTF_8);
    }

    /** The length of the piece without the line's end. */
    int lengthOfText() {
        if (!ends) return to - from;
        int end = to - 1;
        if (end > from && buffer[end - 1] == '\r') end--;
        return end - from;
    }

    /** Whether the piece ends a line. */
    boolean ends() {
        return ends;
    }

    /** Whether the piece begins a line. */
    boolean begins() {
        return begins;
    }

    boolean isBlank() {
        int length = to - from;
        return begins && ends && (length == 1 || (length == 2 && buffer[from] == '\r'));
    }

    boolean startsWith(byte[] prefix) {
        return startsWith(0, prefix);
    }

    private boolean startsWith(int skip, byte[] prefix) {
        int at = from + skip;
        return at + prefix.length <= to
                && Arrays.equals(buffer, at, at + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether the line begins with this after at least one {@code >}. */
    boolean isQuoted(byte[] prefix) {
        int quotes = 0;
        while (from + quotes < to && buffer[from + quotes] == '>') quotes++;
        return begins && quotes > 0 && startsWith(quotes, prefix);
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** Where in the file the piece is. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
