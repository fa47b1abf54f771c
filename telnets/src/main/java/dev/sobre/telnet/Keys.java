package dev.sobre.telnet;

import java.util.Optional;

/**
 * Makes keys of octets: UTF-8, control characters, and the escape sequences that terminals send for
 * arrows and their like (ECMA-48; xterm, VT220). CR LF, CR NUL, a bare CR and a bare LF are each
 * one ENTER (RFC 854 p. 11; RFC 1123 §3.3.1).
 */
final class Keys {

    private static final int ESCAPE = 27;
    private static final int LONGEST_SEQUENCE = 16;
    private static final int REPLACEMENT = 0xFFFD;
    private static final Optional<Key> NOTHING = Optional.empty();

    private enum State {
        PLAIN,
        AFTER_CR,
        ESCAPE,
        SEQUENCE, // ESC [ parameters
        SHIFTED // ESC O one letter
    }

    private final StringBuilder sequence = new StringBuilder();
    private State state = State.PLAIN;
    private int codePoint;
    private int missing; // octets of a UTF-8 sequence still to come
    private int least; // the least code point that needs so many octets

    /** What this octet, 0 to 255, completes. */
    Optional<Key> take(int octet) {
        State before = state;
        state = State.PLAIN;
        return switch (before) {
            case PLAIN -> plain(octet);
            case AFTER_CR -> octet == '\n' || octet == 0 ? NOTHING : plain(octet);
            case ESCAPE -> escape(octet);
            case SEQUENCE -> sequence(octet);
            case SHIFTED -> letter(octet);
        };
    }

    private Optional<Key> plain(int octet) {
        if (missing > 0 && (octet & 0xC0) == 0x80) return continued(octet);
        missing = 0; // a sequence that broke off leaves no trace
        if (octet >= 0x80) return started(octet);
        return octet >= 0x20 && octet != 0x7F ? Optional.of(new Key.Typed(octet)) : control(octet);
    }

    private Optional<Key> control(int octet) {
        if (octet == '\r') state = State.AFTER_CR;
        if (octet == ESCAPE) state = State.ESCAPE;
        return switch (octet) {
            case '\r', '\n' -> Optional.of(Key.Action.ENTER);
            case 1 -> Optional.of(Key.Action.HOME);
            case 2 -> Optional.of(Key.Action.LEFT);
            case 3 -> Optional.of(Key.Action.INTERRUPT);
            case 4 -> Optional.of(Key.Action.DELETE_OR_END);
            case 5 -> Optional.of(Key.Action.END);
            case 6 -> Optional.of(Key.Action.RIGHT);
            case 8, 127 -> Optional.of(Key.Action.BACKSPACE);
            case '\t' -> Optional.of(Key.Action.COMPLETE);
            case 11 -> Optional.of(Key.Action.CUT_TO_END);
            case 12 -> Optional.of(Key.Action.REDRAW);
            case 14 -> Optional.of(Key.Action.DOWN);
            case 16 -> Optional.of(Key.Action.UP);
            case 21 -> Optional.of(Key.Action.CUT_TO_START);
            case 23 -> Optional.of(Key.Action.CUT_WORD);
            case 25 -> Optional.of(Key.Action.PASTE);
            default -> NOTHING;
        };
    }

    /** RFC 3629 §3: the first octet says how many follow. */
    private Optional<Key> started(int octet) {
        if (octet >= 0xC2 && octet <= 0xDF) {
            begin(octet & 0x1F, 1, 0x80);
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            begin(octet & 0x0F, 2, 0x800);
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            begin(octet & 0x07, 3, 0x10000);
        } else {
            return Optional.of(new Key.Typed(REPLACEMENT));
        }
        return NOTHING;
    }

    private void begin(int bits, int more, int atLeast) {
        codePoint = bits;
        missing = more;
        least = atLeast;
    }

    private Optional<Key> continued(int octet) {
        codePoint = (codePoint << 6) | (octet & 0x3F);
        if (--missing > 0) return NOTHING;
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        if (codePoint < least || codePoint > 0x10FFFF || surrogate) {
            return Optional.of(new Key.Typed(REPLACEMENT));
        }
        return Character.isISOControl(codePoint) ? NOTHING : Optional.of(new Key.Typed(codePoint));
    }

    private Optional<Key> escape(int octet) {
        switch (octet) {
            case '[' -> {
                sequence.setLength(0);
                state = State.SEQUENCE;
            }
            case 'O' -> state = State.SHIFTED;
            case 'b' -> {
                return Optional.of(Key.Action.WORD_LEFT);
            }
            case 'f' -> {
                return Optional.of(Key.Action.WORD_RIGHT);
            }
            default -> {
                // ESC was pressed by itself, or Alt with a key that means nothing here
                if (octet < 0x20) return plain(octet);
            }
        }
        return NOTHING;
    }

    private Optional<Key> sequence(int octet) {
        if (octet < 0x20) return plain(octet); // not a sequence after all
        if (octet >= 0x40) return octet == '~' ? numbered() : letter(octet);
        if (sequence.length() < LONGEST_SEQUENCE) sequence.append((char) octet);
        state = State.SEQUENCE;
        return NOTHING;
    }

    private Optional<Key> letter(int octet) {
        boolean withControl = sequence.toString().endsWith(";5");
        sequence.setLength(0);
        return switch (octet) {
            case 'A' -> Optional.of(Key.Action.UP);
            case 'B' -> Optional.of(Key.Action.DOWN);
            case 'C' -> Optional.of(withControl ? Key.Action.WORD_RIGHT : Key.Action.RIGHT);
            case 'D' -> Optional.of(withControl ? Key.Action.WORD_LEFT : Key.Action.LEFT);
            case 'F' -> Optional.of(Key.Action.END);
            case 'H' -> Optional.of(Key.Action.HOME);
            default -> NOTHING;
        };
    }

    private Optional<Key> numbered() {
        return switch (sequence.toString()) {
            case "1", "7" -> Optional.of(Key.Action.HOME);
            case "4", "8" -> Optional.of(Key.Action.END);
            case "3" -> Optional.of(Key.Action.DELETE);
            default -> NOTHING;
        };
    }
}
