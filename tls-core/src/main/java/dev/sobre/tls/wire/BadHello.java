package dev.sobre.tls.wire;

/** First bytes of a connection that are no TLS ClientHello; the message says what they are. */
public final class BadHello extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is wrong with the bytes. */
    public enum Kind {
        /** Text or another protocol: no TLS at all. */
        PLAINTEXT,
        /** A proxy's header, from somebody who is no proxy of ours. */
        PROXY_HEADER,
        /** The hello of SSL 2.0. */
        SSL2,
        /** A hello longer than any client sends. */
        OVERSIZED,
        /** TLS by its first byte, but not well-formed. */
        MALFORMED
    }

    BadHello(Kind kind, String message) {
        super(message, null, false, false); // hostile bytes are no place to walk the stack
        this.kind = kind;
    }

    public static BadHello malformed(String message) {
        return new BadHello(Kind.MALFORMED, message);
    }

    public Kind kind() {
        return kind;
    }

    /** What the bytes are, in plain words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
