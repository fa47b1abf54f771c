package dev.sobre.tls.wire;

/** First bytes of a connection that should have been a PROXY header; the message says why not. */
public final class BadProxyHeader extends Exception {
    private static final long serialVersionUID = 1;

    BadProxyHeader(String message) {
        super(message, null, false, false); // hostile bytes are no place to walk the stack
    }

    /** What is wrong, in plain words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
