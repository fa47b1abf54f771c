package dev.sobre.smtp.dkim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * The fields of a message's header, in their order, as they are written.
 *
 * @param fields each a character for an octet, without its last line's end
 */
record Header(List<String> fields) {

    Header {
        fields = List.copyOf(fields);
    }

    /** Reads one that ends before its empty line. */
    static Header of(String text) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf("\r\n", at);
            if (end < 0) end = text.length();
            at = end + 2;
            boolean folded = at < text.length() && isBlank(text.charAt(at));
            if (folded) continue;
            if (end > from) fields.add(text.substring(from, end));
            from = at;
        }
        return new Header(fields);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** In lower case; empty for what is no field. */
    static String name(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    List<String> names() {
        return fields.stream().map(Header::name).toList();
    }

    /** The relaxed form (RFC 6376 §3.4.2), without its line's end. */
    static String relaxed(String field) {
        String value = field.substring(field.indexOf(':') + 1).replace("\r\n", "");
        var text = new StringBuilder(name(field)).append(':');
        int start = text.length();
        boolean blank = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && text.length() > start) text.append(' ');
            blank = false;
            text.append(c);
        }
        return text.toString();
    }

    /**
     * What is signed (RFC 6376 §3.7): the named fields, the last of a name first (§5.4.2), nothing
     * for those that are not there, and at the end the signature's own field without its value.
     */
    String signed(List<String> names, String signature) {
        var last = new HashMap<String, ArrayDeque<String>>();
        for (String each : fields) {
            last.computeIfAbsent(name(each), _ -> new ArrayDeque<>()).push(each);
        }
        var text = new StringBuilder();
        for (String name : names) {
            var left = last.get(name);
            if (left == null || left.isEmpty()) continue;
            text.append(relaxed(left.pop())).append("\r\n");
        }
        return text.append(relaxed(signature)).toString();
    }
}
