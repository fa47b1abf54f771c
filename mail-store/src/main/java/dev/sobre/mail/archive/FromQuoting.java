package dev.sobre.mail.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts a {@code >} before each line that begins with {@code From } or with that after any number of
 * {@code >}: the mboxrd form, which can be undone exactly.
 */
final class FromQuoting extends FilterOutputStream {

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private int quotes; // at the start of this line, held back
    private int matched; // of "From ", held back; -1 past the start of a line
    private boolean endsLine = true;

    FromQuoting(OutputStream to) {
        super(to);
    }

    /** Whether nothing came, or a line end came last. */
    boolean endsLine() {
        return endsLine;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int end = from + length;
        if (length > 0) endsLine = octets[end - 1] == '\n';
        for (int i = from; i < end; ) {
            if (matched < 0) i = rest(octets, i, end);
            else i += start(octets[i]);
        }
    }

    /** Gives away what was held back. */
    void end() throws IOException {
        give();
        matched = 0;
    }

    /** The rest of a line, up to and with its end. */
    private int rest(byte[] octets, int from, int end) throws IOException {
        int at = from;
        while (at < end && octets[at] != '\n') at++;
        if (at < end) {
            at++;
            matched = 0;
        }
        out.write(octets, from, at - from);
        return at;
    }

    /** One octet at the start of a line; how many of it are done with. */
    private int start(byte octet) throws IOException {
        if (matched == 0 && octet == '>') {
            quotes++;
            return 1;
        }
        if (octet == FROM[matched]) {
            matched++;
            if (matched == FROM.length) {
                out.write('>');
                give();
            }
            return 1;
        }
        give();
        return 0;
    }

    private void give() throws IOException {
        for (; quotes > 0; quotes--) out.write('>');
        if (matched > 0) out.write(FROM, 0, matched);
        matched = -1;
    }
}
