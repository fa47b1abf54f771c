package dev.sobre.tls.wire;

import dev.sobre.tls.wire.BadHello.Kind;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells TLS from all else that reaches a TLS port, and names what it is. */
public final class FirstBytes {
    private static final int SAMPLE = 64;
    private static final String PROXY_HEADER = "a PROXY header";

    private FirstBytes() {}

    /** Lets a handshake record pass, and a start too short to judge. */
    static void check(ByteBuf bytes) throws BadHello {
        int count = bytes.readableBytes();
        if (count == 0) return;
        int first = bytes.getUnsignedByte(bytes.readerIndex());
        if (first == 22) {
            if (count > 1 && bytes.getUnsignedByte(bytes.readerIndex() + 1) != 3) {
                throw BadHello.malformed("the first record has an unknown version");
            }
            return;
        }
        if (first == 21) throw BadHello.malformed("an alert comes before any hello");
        if (first == 20 || first == 23) {
            throw BadHello.malformed("a record of type " + first + " comes before any hello");
        }
        if (first >= 0x80 && count < 5) return;
        if (first >= 0x80 && sslTwo(bytes)) {
            throw new BadHello(Kind.SSL2, "the client speaks SSL 2.0");
        }
        String guess = guess(sample(bytes));
        throw new BadHello(guess.equals(PROXY_HEADER) ? Kind.PROXY_HEADER : Kind.PLAINTEXT, guess);
    }

    /** What a peer speaks that sent these bytes instead of TLS, in plain words. */
    public static String guess(ByteBuf bytes) {
        return guess(sample(bytes));
    }

    private static boolean sslTwo(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int major = bytes.getUnsignedByte(at + 3);
        return bytes.getUnsignedByte(at + 2) == 1 && (major == 0 || major == 3);
    }

    private static String sample(ByteBuf bytes) {
        int count = Math.min(SAMPLE, bytes.readableBytes());
        return bytes.toString(bytes.readerIndex(), count, StandardCharsets.ISO_8859_1);
    }

    private static String guess(String start) {
        String upper = start.toUpperCase(Locale.ROOT);
        if (upper.matches("(?s)(EHLO|HELO|LHLO|MAIL FROM).*")) return "plain SMTP";
        if (upper.matches("(?s)220[ -].*")) return "a plain SMTP greeting";
        if (upper.startsWith("* OK") || upper.startsWith("* PREAUTH"))
            return "a plain IMAP greeting";
        if (upper.startsWith("+OK")) return "a plain POP3 greeting";
        if (upper.matches("(?s)(GET|HEAD|POST|PUT|OPTIONS|CONNECT|DELETE|PRI) .*"))
            return "plain HTTP";
        if (upper.startsWith("HTTP/")) return "a plain HTTP answer";
        if (upper.startsWith("SSH-")) return "SSH";
        if (upper.matches("(?s)(USER |CAPA|STLS|APOP |QUIT|AUTH ).*")) return "plain POP3 or SMTP";
        if (upper.matches(
                "(?s)[A-Z0-9.]{1,16} (CAPABILITY|LOGIN|STARTTLS|NOOP|AUTHENTICATE|ID|LOGOUT).*")) {
            return "plain IMAP";
        }
        if (upper.startsWith("PROXY ") || upper.startsWith("\r\n\r\n\0\r\nQUIT\n"))
            return PROXY_HEADER;
        if (!upper.isEmpty() && upper.charAt(0) == 0xFF) return "TELNET without TLS";
        return printable(start) ? "plain text" : "bytes that are no TLS";
    }

    private static boolean printable(String start) {
        return start.chars()
                .allMatch(c -> (c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n' || c == '\t');
    }
}
