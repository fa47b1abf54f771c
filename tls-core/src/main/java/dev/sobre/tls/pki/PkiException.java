package dev.sobre.tls.pki;

/** A key or certificate file that cannot be read, written or used; the message says which. */
public final class PkiException extends Exception {
    private static final long serialVersionUID = 1;

    public PkiException(String message) {
        super(message);
    }

    public PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
