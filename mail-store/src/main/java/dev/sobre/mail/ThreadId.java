package dev.sobre.mail;

import java.util.HexFormat;

/**
 * The identity of a conversation within an account. RFC 8474 §5.2. A message keeps its thread; the
 * first one of a thread names it.
 */
public record ThreadId(long high, long low) {

    /** The thread that a message begins. */
    public static ThreadId begunBy(EmailId first) {
        return new ThreadId(first.high(), first.low());
    }

    /** The identity as clients see it: {@code T} and 32 hexadecimal digits. */
    public String text() {
        return "T" + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
