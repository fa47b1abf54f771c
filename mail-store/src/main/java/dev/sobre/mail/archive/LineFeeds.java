package dev.sobre.mail.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Makes LF of each CRLF: the line end of files, as other programs expect it there. */
final class LineFeeds extends FilterOutputStream {

    private boolean cr;

    LineFeeds(OutputStream to) {
        super(to);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int start = from;
        for (int i = from; i < from + length; i++) {
            if (cr && octets[i] != '\n') out.write('\r');
            cr = octets[i] == '\r';
            if (!cr) continue;
            out.write(octets, start, i - start);
            start = i + 1;
        }
        out.write(octets, start, from + length - start);
    }

    /** Gives away what was held back; nothing may be written afterwards. */
    void end() throws IOException {
        if (cr) out.write('\r');
        cr = false;
    }
}
