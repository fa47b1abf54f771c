package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A key or certificate file that cannot be read, written or used; the message says which. */
public final class PkiException extends Exception {
    private static final long serialVersionUID = 1;

    public PkiException(String message) {
        super(message);
    }

    public PkiException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, of this file. */
    PkiException in(Path file) {
        return new PkiException(file + ": " + getMessage(), this);
    }

    /** A file that cannot be read; {@link #in} names it. */
    static PkiException unreadable(Path file, IOException cause) {
        String why =
                switch (cause) {
                    case NoSuchFileException e -> "there is no such file";
                    case AccessDeniedException e -> "this user may not read it";
                    default -> Files.isDirectory(file) ? "it is a directory" : cause.toString();
                };
        return new PkiException("cannot read it: " + why, cause);
    }
}
