package dev.sobre.mail;

import java.util.ArrayList;
import java.util.Optional;

/** Letters of any script as letters, digits and hyphens of ASCII. RFC 3492. */
final class Punycode {

    private static final int BASE = 36; // §5
    private static final int MIN = 1;
    private static final int MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 128;

    private Punycode() {}

    /** Encodes a label of at most some dozens of letters, in time that grows with their square. */
    static String encode(String label) {
        int[] letters = label.codePoints().toArray();
        var out = new StringBuilder();
        for (int c : letters) if (c < FIRST) out.append((char) c);
        int plain = out.length();
        if (plain > 0) out.append('-');
        int done = plain;
        int next = FIRST;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (done < letters.length) { // §6.3
            int least = leastFrom(next, letters);
            delta += (least - next) * (done + 1);
            next = least;
            for (int c : letters) {
                if (c < next) delta++;
                if (c != next) continue;
                number(delta, bias, out);
                bias = adapted(delta, done + 1, done == plain);
                delta = 0;
                done++;
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    /** Decodes a label; empty where it is the encoding of none. */
    static Optional<String> decode(String encoded) {
        int hyphen = encoded.lastIndexOf('-');
        var letters = new ArrayList<Integer>();
        encoded.substring(0, Math.max(0, hyphen)).chars().forEach(letters::add);
        long next = FIRST;
        long at = 0;
        int bias = FIRST_BIAS;
        for (int i = hyphen + 1; i < encoded.length(); ) { // §6.2
            long before = at;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = i < encoded.length() ? value(encoded.charAt(i++)) : -1;
                if (digit < 0) return Optional.empty();
                at += digit * weight;
                int threshold = Math.clamp(k - bias, MIN, MAX);
                if (digit < threshold) break;
                weight *= BASE - threshold;
                if (at > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) return Optional.empty();
            }
            int count = letters.size() + 1;
            next += at / count;
            if (at > Integer.MAX_VALUE || next > Character.MAX_CODE_POINT) return Optional.empty();
            bias = adapted((int) (at - before), count, before == 0);
            at %= count;
            letters.add((int) at++, (int) next);
        }
        var label = new StringBuilder();
        letters.forEach(label::appendCodePoint);
        return Optional.of(label.toString());
    }

    private static int value(char digit) {
        if (digit >= 'a' && digit <= 'z') return digit - 'a';
        return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
    }

    private static int leastFrom(int from, int[] letters) {
        int least = Integer.MAX_VALUE;
        for (int c : letters) if (c >= from && c < least) least = c;
        return least;
    }

    /** A number of variable length (§3.3). */
    private static void number(int value, int bias, StringBuilder out) {
        int left = value;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp(k - bias, MIN, MAX);
            if (left < threshold) break;
            out.append(digit(threshold + (left - threshold) % (BASE - threshold)));
            left = (left - threshold) / (BASE - threshold);
        }
        out.append(digit(left));
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapted(int delta, int letters, boolean first) { // §6.1
        int left = first ? delta / DAMP : delta / 2;
        left += left / letters;
        int k = 0;
        for (; left > (BASE - MIN) * MAX / 2; k += BASE) left /= BASE - MIN;
        return k + (BASE - MIN + 1) * left / (left + SKEW);
    }
}
