package dev.sobre.app.admin;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of octets, as people write it: {@code 10G} is ten times 2^30. */
record Size(long octets) {

    private static final String UNITS = "KMGTP";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([KMGTP]?)I?B?");

    /** Reads a size on a command line. */
    static final class Reader implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            var form = FORM.matcher(text.toUpperCase(Locale.ROOT));
            if (form.matches()) {
                int power = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2)) + 1;
                long number = Long.parseLong(form.group(1));
                int shift = 10 * power;
                if (number <= Long.MAX_VALUE >> shift) return new Size(number << shift);
            }
            throw new TypeConversionException("`" + text + "` is not a size; write it like 10G");
        }
    }

    /** The size in words: {@code 1.5 GiB}. */
    @Override
    public String toString() {
        if (octets < 1024) return octets + " octets";
        double value = octets;
        int power = 0;
        while (value >= 1024 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        String digits = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
        return digits.replace(".0", "") + " " + UNITS.charAt(power - 1) + "iB";
    }
}
