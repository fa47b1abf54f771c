package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

/** The fields of a header, octet for octet. RFC 5322 §2.2; RFC 3501 §6.4.5 (HEADER.FIELDS). */
public final class RawFields {

    private static final byte[] CRLF = {'\r', '\n'};

    /** Takes a field with its folded lines and line ends. */
    @FunctionalInterface
    interface Visitor {

        /**
         * @param name as it came; empty for a line that has none
         */
        void field(String name, int from, int to);
    }

    private RawFields() {}

    /** The fields whose names are wanted, and the empty line that ends a header. */
    public static byte[] choose(byte[] header, Predicate<String> wanted) {
        var out = new ByteArrayOutputStream();
        each(
                header,
                (name, from, to) -> {
                    if (wanted.test(name)) out.write(header, from, to - from);
                });
        out.writeBytes(CRLF);
        return out.toByteArray();
    }

    /** Goes over the fields up to the empty line. */
    static void each(byte[] header, Visitor visitor) {
        int field = -1; // where the present one starts
        int line = 0;
        while (line < header.length) {
            int next = endOfLine(header, line);
            if (isEmpty(header, line, next)) break;
            if (header[line] != ' ' && header[line] != '\t') {
                if (field >= 0) visitor.field(name(header, field, line), field, line);
                field = line;
            }
            line = next;
        }
        if (field >= 0) visitor.field(name(header, field, line), field, line);
    }

    private static int endOfLine(byte[] header, int from) {
        int at = from;
        while (at < header.length && header[at] != '\n') at++;
        return Math.min(at + 1, header.length);
    }

    private static boolean isEmpty(byte[] header, int from, int to) {
        return to - from <= 2 && (header[from] == '\r' || header[from] == '\n');
    }

    /** The field's name; empty for one whose first line has none. */
    private static String name(byte[] header, int from, int to) {
        int colon = from;
        while (colon < to && header[colon] != ':' && header[colon] != '\n') colon++;
        if (colon == to || header[colon] == '\n') return "";
        int end = colon;
        while (end > from && (header[end - 1] == ' ' || header[end - 1] == '\t')) end--;
        return new String(header, from, end - from, ISO_8859_1);
    }
}
