package dev.sobre.mail.search;

/** What is known of an answer. */
enum Truth {
    NO,
    MAYBE,
    YES;

    static Truth of(boolean is) {
        return is ? YES : NO;
    }

    Truth not() {
        return switch (this) {
            case NO -> YES;
            case MAYBE -> MAYBE;
            case YES -> NO;
        };
    }

    Truth and(Truth other) {
        return compareTo(other) < 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) > 0 ? this : other;
    }
}
