package dev.sobre.tls.pki;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a PEM file apart, lenient about what people do to one: text around the blocks, any line
 * end, a byte order mark, spaces at the end of lines. RFC 7468 §2 (lax), one pass.
 */
final class PemReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final List<String> lines;
    private int at;

    private PemReader(List<String> lines) {
        this.lines = lines;
    }

    /** All blocks of a file, in order; none where the file has none. */
    static List<PemBlock> blocks(byte[] file) throws PkiException {
        if (startsWith(file, (byte) 0xFF, (byte) 0xFE)
                || startsWith(file, (byte) 0xFE, (byte) 0xFF)) {
            throw new PkiException("it is UTF-16 text; save it as plain ASCII or UTF-8");
        }
        int start = startsWith(file, UTF8_MARK) ? UTF8_MARK.length : 0;
        // Latin-1, so that text around the blocks may be anything.
        var text = new String(file, start, file.length - start, StandardCharsets.ISO_8859_1);
        return new PemReader(text.lines().map(String::strip).toList()).all();
    }

    private static boolean startsWith(byte[] file, byte... start) {
        return file.length >= start.length
                && Arrays.equals(file, 0, start.length, start, 0, start.length);
    }

    private List<PemBlock> all() throws PkiException {
        var found = new ArrayList<PemBlock>();
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) found.add(block(label(line)));
        }
        return found;
    }

    private static String label(String line) {
        return line.substring(BEGIN.length(), Math.max(BEGIN.length(), line.length() - 5));
    }

    private PemBlock block(String label) throws PkiException {
        int begun = at;
        var headers = headers();
        var base64 = new StringBuilder();
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.equals(END + label + DASHES)) {
                return new PemBlock(label, headers, decoded(base64.toString(), begun));
            }
            if (line.startsWith(DASHES)) break;
            base64.append(line);
        }
        throw new PkiException(
                "the block that begins in line "
                        + begun
                        + " has no line "
                        + END
                        + label
                        + DASHES
                        + "; the file is cut or two were glued together");
    }

    /** RFC 1421 §4.6: fields, then an empty line; base64 has no colon. */
    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        while (at < lines.size()) {
            String line = lines.get(at);
            int colon = line.indexOf(':');
            if (colon < 0 || line.startsWith(DASHES)) break;
            headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            at++;
        }
        return headers;
    }

    private static byte[] decoded(String base64, int begun) throws PkiException {
        try {
            return Base64.getDecoder().decode(base64.replace(" ", "").replace("\t", ""));
        } catch (IllegalArgumentException e) {
            throw new PkiException(
                    "the block that begins in line " + begun + " is damaged: it is not base64", e);
        }
    }
}
