package dev.sobre.app.admin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 text with their numbers; of an over-long line, only its beginning is kept. */
final class CountedLines {

    private static final int LONGEST = 8192;

    private final InputStream in;
    private String text = "";
    private int number;
    private long octets;

    CountedLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Goes to the next line; false when there is none. */
    boolean next() throws IOException {
        var line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) return false;
        while (octet >= 0 && octet != '\n') {
            if (line.size() < LONGEST) line.write(octet);
            octets++;
            octet = in.read();
        }
        octets++;
        number++;
        String all = line.toString(StandardCharsets.UTF_8);
        text = all.endsWith("\r") ? all.substring(0, all.length() - 1) : all;
        return true;
    }

    String text() {
        return text;
    }

    int number() {
        return number;
    }

    /** The octets read so far. */
    long octets() {
        return octets;
    }
}
