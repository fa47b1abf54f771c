package dev.sobre.imap.wire;

/** The classes of octets that the grammar of RFC 3501 §9 knows. */
final class Octets {

    static final int ATOM = 1;
    static final int ASTRING = 2;
    static final int LIST = 4;
    static final int TAG = 8;
    static final int NAME = 16; // of a FETCH item or a section: letters, digits and dots
    static final int DIGIT = 32;

    private static final byte[] CLASSES = new byte[128];

    static {
        for (int c = 0x21; c < 0x7f; c++) {
            boolean wildcard = c == '%' || c == '*';
            boolean special = "(){\"\\]".indexOf(c) >= 0 || wildcard;
            boolean alphanumeric = Character.isLetterOrDigit(c);
            int classes = special ? 0 : ATOM | ASTRING | LIST;
            if (c == ']') classes = ASTRING | LIST;
            if (wildcard) classes = LIST;
            if ((classes & ASTRING) != 0 && c != '+') classes |= TAG;
            if (alphanumeric || c == '.') classes |= NAME;
            if (c >= '0' && c <= '9') classes |= DIGIT;
            CLASSES[c] = (byte) classes;
        }
    }

    private Octets() {}

    static boolean is(int kind, byte octet) {
        return octet >= 0 && (CLASSES[octet] & kind) != 0;
    }
}
