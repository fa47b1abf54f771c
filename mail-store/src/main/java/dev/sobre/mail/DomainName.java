package dev.sobre.mail;

import static java.lang.Character.UnicodeScript.ADLAM;
import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.HANIFI_ROHINGYA;
import static java.lang.Character.UnicodeScript.MANDAIC;
import static java.lang.Character.UnicodeScript.MONGOLIAN;
import static java.lang.Character.UnicodeScript.NKO;
import static java.lang.Character.UnicodeScript.PHAGS_PA;
import static java.lang.Character.UnicodeScript.SYRIAC;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Names of domains as the DNS has them: labels beyond ASCII become A-labels by IDNA2008 (RFC 5891
 * §5), after the mapping that users expect (RFC 5895 §2: case, width, composition). Not by
 * IDNA2003, as the JDK's {@code IDN} does: that knows the letters of 2002 alone, and would send
 * mail for {@code faß.example} to {@code fass.example}, which is somebody else's.
 */
public final class DomainName {

    private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
    private static final String ACE = "xn--";
    private static final String DOTS = "[.\u3002\uff0e\uff61]";
    private static final char APART = '\u200c';
    private static final String JOINERS = APART + "\u200d";
    private static final String CLASS_8 = "\u3099";
    private static final String CLASS_10 = "\u05b0";
    private static final Set<Character.UnicodeScript> JOINED =
            EnumSet.of(ARABIC, SYRIAC, MANDAIC, NKO, MONGOLIAN, PHAGS_PA, ADLAM, HANIFI_ROHINGYA);
    private static final String OTHERS = "-\u00b7\u0375\u05f3\u05f4\u30fb"; // RFC 5892 §2.6

    private DomainName() {}

    /**
     * The name in ASCII; what is in ASCII already stays as it is.
     *
     * @return empty where it can't be the name of a domain for its letters
     */
    public static Optional<String> ascii(String name) {
        if (name.chars().allMatch(c -> c < 128)) return Optional.of(name);
        var labels = new StringJoiner(".");
        for (String label : name.split(DOTS, -1)) {
            String ascii = label.chars().allMatch(c -> c < 128) ? label : aLabel(label);
            if (ascii.isEmpty() && !label.isEmpty()) return Optional.empty();
            labels.add(ascii);
        }
        return Optional.of(labels.toString());
    }

    /**
     * The name as people read it, by which names are compared (RFC 5891 §5.3): in lower case, and
     * of A-labels what they stand for. A label that stands for nothing stays as it is.
     */
    public static String readable(String name) {
        var labels = new StringJoiner(".");
        for (String label : name.split(DOTS, -1)) labels.add(readableLabel(label));
        return labels.toString();
    }

    private static String readableLabel(String label) {
        if (label.chars().anyMatch(c -> c >= 128)) {
            return aLabel(label).isEmpty() ? label.toLowerCase(Locale.ROOT) : mapped(label);
        }
        String lower = label.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(ACE)) return lower;
        return Punycode.decode(lower.substring(ACE.length()))
                .filter(text -> text.equals(mapped(text)) && aLabel(text).equals(lower))
                .orElse(lower);
    }

    private static String aLabel(String text) {
        String label = mapped(text);
        if (!isValid(label)) return ""; // of ASCII alone, too: some signs become dots or slashes
        if (label.chars().allMatch(c -> c < 128)) return label;
        String ace = ACE + Punycode.encode(label);
        return ace.length() > LONGEST_LABEL ? "" : ace;
    }

    /** Letter by letter, as a sigma at the end of a word is a letter of its own. */
    private static String mapped(String text) {
        var lower = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }

    /** RFC 5891 §4.2.3, §5.4. */
    private static boolean isValid(String label) {
        if (label.isEmpty()) return false;
        boolean hyphens = label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2);
        if (hyphens || isMark(label.codePointAt(0))) return false;
        return label.length() <= LONGEST_LABEL
                && label.codePoints().allMatch(DomainName::isAllowed)
                && joinersFit(label.codePoints().toArray());
    }

    /**
     * RFC 5892, appendix A: a joiner follows a virama; one that keeps letters apart may also stand
     * between letters that would be joined.
     */
    private static boolean joinersFit(int[] letters) {
        for (int i = 0; i < letters.length; i++) {
            if (!isJoiner(letters[i]) || (i > 0 && isVirama(letters[i - 1]))) continue;
            boolean parts = letters[i] == APART && joins(letters, i, -1) && joins(letters, i, 1);
            if (!parts) return false;
        }
        return true;
    }

    /** Of which letters join the JDK knows the script alone. */
    private static boolean joins(int[] letters, int from, int step) {
        int at = from + step;
        while (at >= 0 && at < letters.length && isMark(letters[at])) at += step;
        return at >= 0
                && at < letters.length
                && JOINED.contains(Character.UnicodeScript.of(letters[at]));
    }

    /** Combining class 9: composition puts such a mark behind those of 8 and before those of 10. */
    private static boolean isVirama(int c) {
        String mark = Character.toString(c);
        return isMark(c)
                && ordered(mark + CLASS_8, CLASS_8 + mark)
                && ordered(CLASS_10 + mark, mark + CLASS_10);
    }

    private static boolean ordered(String text, String result) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).equals(result);
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER ->
                    true;
            default -> isMark(c) || isJoiner(c) || OTHERS.indexOf(c) >= 0;
        };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isJoiner(int c) {
        return JOINERS.indexOf(c) >= 0;
    }
}
