package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.imap.wire.Section;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.TreeSet;

/** Chooses fields of a header, octet for octet. RFC 3501 §6.4.5 (HEADER.FIELDS). */
final class HeaderFilter {

    private static final byte[] CRLF = {'\r', '\n'};

    private HeaderFilter() {}

    /** The chosen fields with their folded lines, and the empty line that ends a header. */
    static byte[] choose(byte[] header, Section.HeaderFields which) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(which.names());
        var out = new ByteArrayOutputStream();
        boolean chosen = false;
        int line = 0;
        while (line < header.length) {
            int next = endOfLine(header, line);
            if (isEmpty(header, line, next)) break;
            if (header[line] != ' ' && header[line] != '\t') {
                chosen = names.contains(name(header, line, next)) != which.not();
            }
            if (chosen) out.write(header, line, next - line);
            line = next;
        }
        out.writeBytes(CRLF);
        return out.toByteArray();
    }

    private static int endOfLine(byte[] header, int from) {
        int at = from;
        while (at < header.length && header[at] != '\n') at++;
        return Math.min(at + 1, header.length);
    }

    private static boolean isEmpty(byte[] header, int from, int to) {
        return to - from <= 2 && (header[from] == '\r' || header[from] == '\n');
    }

    /** The field's name; empty for a line that has none. */
    private static String name(byte[] header, int from, int to) {
        int colon = from;
        while (colon < to && header[colon] != ':') colon++;
        if (colon == to) return "";
        int end = colon;
        while (end > from && (header[end - 1] == ' ' || header[end - 1] == '\t')) end--;
        return new String(header, from, end - from, ISO_8859_1);
    }
}
