package dev.sobre.app.text;

/**
 * A command that can't do what it was asked for. The message says in plain words what is wrong and
 * what to do next; it is all that the user sees.
 */
public final class Failure extends RuntimeException {

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
