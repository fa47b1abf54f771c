package dev.sobre.smtp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One parameter of MAIL or RCPT (RFC 5321 §4.1.2, esmtp-param).
 *
 * @param keyword in capitals
 * @param value empty where there is none
 */
record Parameter(String keyword, String value) {

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    /** Reads parameters with single or more spaces between them; none may come twice. */
    static List<Parameter> parse(String text) throws BadMessage {
        if (text.isEmpty()) return List.of();
        List<Parameter> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String word : SPACES.split(text)) {
            if (word.isEmpty()) continue;
            Parameter parameter = one(word);
            if (!seen.add(parameter.keyword)) {
                throw new BadMessage(
                        Reply.of(501, "5.5.4", parameter.keyword + " was given more than once"));
            }
            all.add(parameter);
        }
        return all;
    }

    private static Parameter one(String word) throws BadMessage {
        int equals = word.indexOf('=');
        String keyword = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        boolean wellFormed =
                KEYWORD.matcher(keyword).matches()
                        && (equals < 0 || !value.isEmpty())
                        && value.chars().allMatch(Parameter::isValue);
        if (!wellFormed) {
            throw new BadMessage(Reply.of(501, "5.5.4", "a parameter is not well formed"));
        }
        return new Parameter(keyword.toUpperCase(Locale.ROOT), value);
    }

    private static boolean isValue(int c) {
        return (c > ' ' && c < 127 && c != '=') || c > 0x9F; // RFC 6531 §3.3
    }

    BadMessage unknown() {
        String name = keyword.length() > 40 ? keyword.substring(0, 40) : keyword;
        return new BadMessage(Reply.of(555, "5.5.4", "the parameter " + name + " is not known"));
    }
}
