package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.MimeEntity.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mime4j.stream.NameValuePair;

/**
 * The parameters of a field, with the pieces of RFC 2231 §3 joined. A value with a character set
 * (RFC 2231 §4) keeps its percent signs, and its name the asterisk: {@code filename*} and {@code
 * utf-8''%C3%A4.txt}.
 */
final class Parameters {

    private static final int MOST = 500;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The pieces of one value, by number. */
    private static final class Pieces {
        private final String name;
        private final Map<Integer, String> values = new TreeMap<>();
        private final Map<Integer, Boolean> extended = new HashMap<>();

        Pieces(String name) {
            this.name = name;
        }
    }

    private final List<Parameter> whole = new ArrayList<>();
    private final Map<String, Pieces> split = new LinkedHashMap<>();

    private Parameters() {}

    static List<Parameter> of(List<NameValuePair> pairs) {
        var parameters = new Parameters();
        pairs.stream().limit(MOST).forEach(parameters::add);
        parameters.split.values().forEach(parameters::join);
        return parameters.whole;
    }

    private void add(NameValuePair pair) {
        String name = pair.getName();
        String value = pair.getValue();
        if (name.isEmpty() || value == null) return;
        int star = name.indexOf('*');
        boolean numbered = star > 0 && star + 1 < name.length();
        if (!numbered || !piece(name, star, value)) whole.add(new Parameter(name, value));
    }

    private boolean piece(String name, int star, String value) {
        boolean extended = name.endsWith("*");
        String number = name.substring(star + 1, name.length() - (extended ? 1 : 0));
        if (!number.matches("[0-9]{1,4}")) return false;
        String base = name.substring(0, star);
        var pieces =
                split.computeIfAbsent(base.toLowerCase(Locale.ROOT), lower -> new Pieces(base));
        pieces.values.putIfAbsent(Integer.parseInt(number), value);
        pieces.extended.putIfAbsent(Integer.parseInt(number), extended);
        return true;
    }

    /** Joins pieces 0, 1, 2, … up to the first gap. */
    private void join(Pieces pieces) {
        var value = new StringBuilder();
        boolean extended = pieces.extended.containsValue(true);
        int next = 0;
        for (var piece : pieces.values.entrySet()) {
            if (piece.getKey() != next++) break;
            boolean plain = extended && !pieces.extended.getOrDefault(piece.getKey(), false);
            if (plain && next == 1) value.append("''"); // no character set was named
            value.append(plain ? percent(piece.getValue()) : piece.getValue());
        }
        if (value.isEmpty()) return;
        whole.add(new Parameter(extended ? pieces.name + "*" : pieces.name, value.toString()));
    }

    private static String percent(String plain) {
        var text = new StringBuilder();
        for (byte b : plain.getBytes(UTF_8)) {
            boolean safe = b > ' ' && b < 127 && "*'%()<>@,;:\\\"/[]?=".indexOf(b) < 0;
            if (safe) text.append((char) b);
            else text.append('%').append(HEX.toHexDigits(b));
        }
        return text.toString();
    }
}
