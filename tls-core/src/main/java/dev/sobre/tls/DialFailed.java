package dev.sobre.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A server that could not be reached or not be trusted; the message is one plain sentence. */
public final class DialFailed extends IOException {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final transient List<X509Certificate> chain;

    /** The kinds of failure. */
    public enum Code {
        UNKNOWN_HOST,
        REFUSED,
        UNREACHABLE,
        CONNECT_TIMEOUT,
        HANDSHAKE_TIMEOUT,
        /** The server speaks, but not TLS. */
        NOT_TLS,
        /** Nobody we trust vouches for the certificate. */
        UNTRUSTED,
        NAME_MISMATCH,
        EXPIRED,
        NOT_YET_VALID,
        /** No version of TLS in common. */
        VERSION,
        /** The server broke off with an alert. */
        ALERT,
        CLOSED,
        OTHER
    }

    DialFailed(Code code, String sentence, List<X509Certificate> chain, Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.chain = List.copyOf(chain);
    }

    public Code code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** What the server showed, where it came to that. */
    public List<X509Certificate> chain() {
        return chain;
    }
}
