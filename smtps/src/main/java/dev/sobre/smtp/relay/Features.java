package dev.sobre.smtp.relay;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server says it can do (RFC 5321 §4.1.1.1).
 *
 * @param all parameters by keyword in capitals
 */
record Features(Map<String, String> all) {

    static Features of(Answer ehlo) {
        var all = new TreeMap<String, String>();
        ehlo.lines().stream()
                .skip(1)
                .map(line -> line.replaceFirst("^AUTH=", "AUTH ").split(" ", 2)) // an old mistake
                .forEach(
                        words ->
                                all.putIfAbsent(
                                        words[0].toUpperCase(Locale.ROOT),
                                        words.length > 1 ? words[1].strip() : ""));
        return new Features(all);
    }

    boolean has(String keyword) {
        return all.containsKey(keyword);
    }

    /** Whether a mechanism of AUTH is offered. */
    boolean logsInBy(String mechanism) {
        for (String each : all.getOrDefault("AUTH", "").split(" ")) {
            if (each.equalsIgnoreCase(mechanism)) return true;
        }
        return false;
    }

    /** The shortest time, in seconds, in which it delivers or returns (RFC 2852 §2). */
    long shortestTime() {
        String time = all.getOrDefault("DELIVERBY", "").split("[ ,]", 2)[0];
        return time.matches("[0-9]{1,9}") ? Long.parseLong(time) : 0;
    }

    /** The largest message; no limit where none is said (RFC 1870 §4). */
    long size() {
        String size = all.getOrDefault("SIZE", "0");
        long limit = size.matches("[0-9]{1,18}") ? Long.parseLong(size) : 0;
        return limit == 0 ? Long.MAX_VALUE : limit;
    }
}
