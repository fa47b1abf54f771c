package dev.sobre.app.text;

import java.io.Console;
import java.util.Optional;

/** The person in front of this process. */
public final class Consoles {

    private Consoles() {}

    /** The console, where standard input and output are a terminal. */
    public static Optional<Console> interactive() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
