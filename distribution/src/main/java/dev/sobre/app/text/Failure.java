package dev.sobre.app.text;

/**
 * A command that can't do what it was asked for. The message says in plain words what is wrong and
 * what to do next; it is all that the user sees.
 */
public final class Failure extends RuntimeException {

    /** The exit code of a command that failed. */
    public static final int FAILED = 1;

    /** The exit code of a command line that can't be understood. */
    public static final int USAGE = 2;

    private final int exitCode;

    public Failure(String message) {
        super(message);
        this.exitCode = FAILED;
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = FAILED;
    }

    private Failure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A command line whose words can't be what they are. */
    public static Failure usage(String message) {
        return new Failure(message, USAGE);
    }

    public int exitCode() {
        return exitCode;
    }
}
