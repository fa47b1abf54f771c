package dev.sobre.mail.mime;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The character references of HTML that mail uses: numbers, Latin-1, and common punctuation. */
final class HtmlEntities {

    /** The longest that is looked for, in characters between {@code &} and {@code ;}. */
    static final int LONGEST = 10;

    private static final String LATIN_1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
                    + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12"
                    + " frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
                    + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml"
                    + " times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc"
                    + " atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc"
                    + " iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute"
                    + " ucirc uuml yacute thorn yuml";
    private static final Map<String, String> NAMED = named();

    private HtmlEntities() {}

    /** What {@code amp} or {@code #8364} or {@code #x20ac} stands for; empty when for nothing. */
    static Optional<String> text(String name) {
        if (!name.startsWith("#")) return Optional.ofNullable(NAMED.get(name));
        boolean hex = name.toLowerCase(Locale.ROOT).startsWith("#x");
        try {
            int point = Integer.parseInt(name, hex ? 2 : 1, name.length(), hex ? 16 : 10);
            boolean character =
                    Character.isValidCodePoint(point)
                            && Character.getType(point) != Character.SURROGATE;
            return Optional.of(character ? Character.toString(point) : "\ufffd");
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> named() {
        Map<String, String> all = new HashMap<>();
        char latin = 0xA0;
        for (String name : LATIN_1.split(" ")) all.put(name, String.valueOf(latin++));
        all.putAll(Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'"));
        all.putAll(Map.of("zwnj", "\u200c", "zwj", "\u200d", "ensp", "\u2002", "emsp", "\u2003"));
        all.putAll(Map.of("ndash", "–", "mdash", "—", "lsquo", "‘", "rsquo", "’", "sbquo", "‚"));
        all.putAll(Map.of("ldquo", "“", "rdquo", "”", "bdquo", "„", "hellip", "…", "bull", "•"));
        all.putAll(Map.of("euro", "€", "trade", "™", "rarr", "→", "larr", "←", "OElig", "Œ"));
        all.put("oelig", "œ");
        return Map.copyOf(all);
    }
}
