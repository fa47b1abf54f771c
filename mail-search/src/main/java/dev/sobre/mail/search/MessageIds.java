package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The message ids in a field, as they compare: without quotes, comments and white space. RFC 5256
 * §3, THREAD: "Message ID" is a normalized form. Linear.
 */
final class MessageIds {

    private static final int LONGEST = 998; // RFC 5322 §2.1.1: no line is longer

    private final String field;
    private final StringBuilder id = new StringBuilder();
    private int at;

    private MessageIds(String field) {
        this.field = field;
    }

    /** The first ids, in the order of the field. */
    static List<String> of(String field, int most) {
        var reading = new MessageIds(field);
        List<String> ids = new ArrayList<>();
        while (ids.size() < most && reading.next()) {
            if (!reading.id.isEmpty()) ids.add(reading.id.toString());
        }
        return ids;
    }

    /** Reads on to the end of an id; it is empty when it is none. */
    private boolean next() {
        id.setLength(0);
        int open = field.indexOf('<', at);
        if (open < 0) return false;
        at = open + 1;
        boolean quoted = false;
        int comment = 0;
        while (at < field.length() && at - open <= LONGEST) {
            char c = field.charAt(at++);
            if (c == '\\' && at < field.length()) {
                if (comment == 0) id.append(field.charAt(at));
                at++;
            } else if (c == '"' && comment == 0) {
                quoted = !quoted;
            } else if (quoted) {
                id.append(c);
            } else if (c == '(') {
                comment++;
            } else if (c == ')' && comment > 0) {
                comment--;
            } else if (c == '>' && comment == 0) {
                return true;
            } else if (c == '<' && comment == 0) {
                id.setLength(0); // what was begun had no end
                open = at - 1;
            } else if (c > ' ' && comment == 0) {
                id.append(c);
            }
        }
        id.setLength(0);
        return at < field.length();
    }
}
