package dev.sobre.telnet;

/** A key that was pressed. */
sealed interface Key {

    /** A character to insert. */
    record Typed(int codePoint) implements Key {}

    /** A key that does something to the line. */
    enum Action implements Key {
        ENTER,
        LEFT,
        RIGHT,
        HOME,
        END,
        UP,
        DOWN,
        WORD_LEFT,
        WORD_RIGHT,
        BACKSPACE,
        DELETE,
        DELETE_OR_END,
        CUT_TO_END,
        CUT_TO_START,
        CUT_WORD,
        PASTE,
        COMPLETE,
        REDRAW,
        INTERRUPT
    }
}
