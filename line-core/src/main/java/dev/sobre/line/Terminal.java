package dev.sobre.line;

import java.io.IOException;
import java.util.Locale;

/**
 * What a command of the administrator sees of the person who typed it: a TELNET session, the
 * console or the control socket. Used by the command's thread only.
 *
 * <p>Every method may throw {@link IOException} when the person is gone; a command lets it pass.
 */
public interface Terminal {

    /**
     * Writes text, in which {@code \n} ends a line. Other control characters don't reach a person's
     * screen.
     */
    void print(String text) throws IOException;

    /** Writes a line. */
    default void println(String line) throws IOException {
        print(line + "\n");
    }

    /** Writes an empty line. */
    default void println() throws IOException {
        print("\n");
    }

    /** Writes what {@link String#format} makes of this, the same in every locale. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of embedders
    default void printf(String format, Object... arguments) throws IOException {
        print(String.format(Locale.ROOT, format, arguments));
    }

    /**
     * Shows progress in one line that the next one replaces, and that ordinary output takes away;
     * empty takes it away too. Nothing happens where nobody watches.
     */
    void status(String line) throws IOException;

    /** The columns of a line; 80 where nobody knows. */
    int width();

    /** Whether a person sits there, so that questions make sense and progress is seen. */
    boolean interactive();

    /**
     * Asks for a line.
     *
     * @throws java.io.InterruptedIOException when the answer is Ctrl-C
     * @throws java.io.EOFException when there is no more input
     */
    String ask(String prompt) throws IOException;

    /** Asks for a line that is not shown while it is typed, such as a password. */
    String askSecret(String prompt) throws IOException;

    /** Whether Ctrl-C was typed since the command began; a long command looks now and then. */
    boolean interrupted() throws IOException;
}
