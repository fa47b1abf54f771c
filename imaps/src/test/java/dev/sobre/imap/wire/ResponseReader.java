package dev.sobre.imap.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the values of a FETCH response as RFC 3501 §9 and RFC 3516 §7 write them, and nothing else:
 * another reading of the grammar than the one that writes them.
 */
public final class ResponseReader {

    /** A value of the grammar. */
    public sealed interface Value {}

    /** A quoted string or a literal. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Text(byte[] octets) implements Value {}

    public record Count(long value) implements Value {}

    public record Nil() implements Value {}

    public record Values(List<Value> all) implements Value {}

    private final byte[] octets;
    private int at;

    private ResponseReader(byte[] octets) {
        this.octets = octets;
    }

    /** The values of {@code (NAME value NAME value)} by their names, and the end of the line. */
    public static Map<String, Value> items(byte[] response) {
        var in = new ResponseReader(response);
        Map<String, Value> items = new LinkedHashMap<>();
        in.expect('(');
        do {
            String name = in.name();
            in.expect(' ');
            items.put(name, in.value());
        } while (in.take(' '));
        in.expect(')');
        in.expect('\r');
        in.expect('\n');
        if (in.at != response.length) throw in.wrong("the end");
        return items;
    }

    /** An item's name with its section and its origin. */
    private String name() {
        int from = at;
        word();
        if (take('[')) {
            word();
            if (take(' ')) fields();
            expect(']');
        }
        if (take('<')) {
            number();
            expect('>');
        }
        if (at == from) throw wrong("a name");
        return new String(octets, from, at - from, ISO_8859_1);
    }

    /** Capitals, digits and dots, perhaps none. */
    private void word() {
        while (next() == '.' || isDigit() || (next() >= 'A' && next() <= 'Z')) at++;
    }

    private boolean isDigit() {
        return next() >= '0' && next() <= '9';
    }

    private void fields() {
        expect('(');
        do {
            int from = at;
            if (next() == '"' || next() == '{') text();
            else while (next() > ' ' && "(){%*\"\\".indexOf(next()) < 0 && next() < 0x7F) at++;
            if (at == from) throw wrong("a field name");
        } while (take(' '));
        expect(')');
    }

    private Value value() {
        int c = next();
        if (c == '(') return values();
        if (c == '"' || c == '{' || c == '~') return text();
        if (isDigit()) return number();
        for (char each : "NIL".toCharArray()) expect(each);
        return new Nil();
    }

    /** Values with spaces between them; bodies (§9: body-type-mpart) follow each other without. */
    private Values values() {
        List<Value> all = new ArrayList<>();
        expect('(');
        do {
            all.add(value());
        } while ((next() == '(' && all.getLast() instanceof Values) || take(' '));
        expect(')');
        return new Values(all);
    }

    private Count number() {
        long value = 0;
        int from = at;
        while (isDigit()) value = value * 10 + (octets[at++] - '0');
        if (at == from) throw wrong("a number");
        return new Count(value);
    }

    private Text text() {
        boolean any = take('~');
        if (!any && take('"')) return quoted();
        expect('{');
        int length = (int) number().value();
        expect('}');
        expect('\r');
        expect('\n');
        if (length > octets.length - at) throw wrong("a literal of " + length);
        byte[] value = Arrays.copyOfRange(octets, at, at + length);
        at += length;
        for (byte b : value) if (b == 0 && !any) throw wrong("a literal without NUL");
        return new Text(value);
    }

    private Text quoted() {
        var value = new StringBuilder();
        while (!take('"')) {
            if (next() == '\\') {
                at++;
                if (next() != '"' && next() != '\\') throw wrong("a quoted-special");
            }
            if (next() < 1 || next() > 0x7F || next() == '\r' || next() == '\n') {
                throw wrong("a TEXT-CHAR");
            }
            value.append((char) octets[at++]);
        }
        return new Text(value.toString().getBytes(ISO_8859_1));
    }

    private int next() {
        return at < octets.length ? octets[at] & 0xFF : -1;
    }

    private boolean take(char c) {
        if (next() != c) return false;
        at++;
        return true;
    }

    private void expect(char c) {
        if (!take(c)) throw wrong("'" + c + "'");
    }

    private AssertionError wrong(String wanted) {
        String text = new String(octets, ISO_8859_1);
        return new AssertionError(wanted + " is missing at " + at + " of " + text);
    }

    // Shapes. RFC 3501 §9: envelope, body.

    /** Fails unless it is an ENVELOPE. */
    public static void assertEnvelope(Value value) {
        var fields = list(value);
        require(fields.size() == 10, "ten fields", value);
        for (int i : new int[] {0, 1, 8, 9}) nstring(fields.get(i));
        for (var addresses : fields.subList(2, 8)) {
            if (addresses instanceof Nil) continue;
            for (var address : list(addresses)) {
                require(list(address).size() == 4, "four fields", address);
                list(address).forEach(ResponseReader::nstring);
            }
        }
    }

    /**
     * Fails unless it is a body.
     *
     * @param extended BODYSTRUCTURE, whose extension data all is there
     */
    public static void assertBody(Value value, boolean extended) {
        var fields = list(value);
        int i = 0;
        while (fields.get(i) instanceof Values) assertBody(fields.get(i++), extended);
        if (i > 0) {
            string(fields.get(i++));
            if (extended) parameters(fields.get(i++));
        } else {
            i = assertSingle(fields, extended);
        }
        if (extended) {
            if (fields.get(i) instanceof Values disposition) {
                require(disposition.all.size() == 2, "a disposition", disposition);
                string(disposition.all.getFirst());
                parameters(disposition.all.getLast());
            }
            if (fields.get(i + 1) instanceof Values languages) {
                languages.all.forEach(ResponseReader::string);
            } else {
                nstring(fields.get(i + 1));
            }
            nstring(fields.get(i + 2));
            i += 3;
        }
        require(i == fields.size(), i + " fields", value);
    }

    private static int assertSingle(List<Value> fields, boolean extended) {
        String type = string(fields.get(0)) + "/" + string(fields.get(1));
        parameters(fields.get(2));
        nstring(fields.get(3));
        nstring(fields.get(4));
        string(fields.get(5));
        require(fields.get(6) instanceof Count, "a size", fields.get(6));
        int i = 7;
        boolean message = type.equalsIgnoreCase("message/rfc822");
        if (message) {
            assertEnvelope(fields.get(i++));
            assertBody(fields.get(i++), extended);
        }
        if (message || type.regionMatches(true, 0, "text/", 0, 5)) {
            require(fields.get(i) instanceof Count, "lines", fields.get(i));
            i++;
        }
        if (extended) nstring(fields.get(i++)); // MD5
        return i;
    }

    private static void parameters(Value value) {
        if (value instanceof Nil) return;
        require(list(value).size() % 2 == 0, "pairs", value);
        list(value).forEach(ResponseReader::string);
    }

    private static List<Value> list(Value value) {
        if (value instanceof Values values) return values.all;
        throw new AssertionError("a list is missing: " + value);
    }

    private static void nstring(Value value) {
        require(value instanceof Text || value instanceof Nil, "a string or NIL", value);
    }

    private static String string(Value value) {
        if (value instanceof Text text) return new String(text.octets, ISO_8859_1);
        throw new AssertionError("a string is missing: " + value);
    }

    private static void require(boolean holds, String wanted, Value value) {
        if (!holds) throw new AssertionError(wanted + " wanted: " + value);
    }
}
