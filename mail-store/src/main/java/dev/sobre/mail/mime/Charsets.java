package dev.sobre.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The charsets that Java knows, by all their names. {@link Charset#forName} takes long to find out
 * that it does not know a name, and a message can hold a hundred thousand such.
 */
final class Charsets {

    private static final Map<String, Charset> BY_NAME = byName();

    private Charsets() {}

    /** The charset of a name; of an unknown one, that in which every octet is a character. */
    static Charset named(String name) {
        return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Charset> byName() {
        Map<String, Charset> all = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            all.put(charset.name().toLowerCase(Locale.ROOT), charset);
            for (String alias : charset.aliases()) all.put(alias.toLowerCase(Locale.ROOT), charset);
        }
        return all;
    }
}
