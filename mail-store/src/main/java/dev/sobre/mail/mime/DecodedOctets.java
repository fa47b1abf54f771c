package dev.sobre.mail.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** A part's octets with its transfer encoding undone, as a stream. RFC 2045 §6. */
public final class DecodedOctets {

    private static final Set<String> KNOWN =
            Set.of("", "7bit", "8bit", "binary", "base64", "quoted-printable");

    private DecodedOctets() {}

    /** Whether an encoding can be undone; that of what is not encoded can. */
    public static boolean knows(String encoding) {
        return KNOWN.contains(encoding.toLowerCase(Locale.ROOT));
    }

    /** What octets from {@code offset} on stand for; as they are when the encoding is not known. */
    public static InputStream of(MessageOctets message, long offset, long length, String encoding) {
        InputStream encoded = new OctetStream(message, offset, length);
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "base64" -> new SomeOrNothing(new Base64InputStream(encoded));
            case "quoted-printable" -> new SomeOrNothing(new QuotedPrintableInputStream(encoded));
            default -> encoded;
        };
    }

    /** Reads on when mime4j, at the end of garbage, reads no octet but does not say so. */
    private static final class SomeOrNothing extends FilterInputStream {
        SomeOrNothing(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            if (read != 0 || length == 0) return read;
            int one = in.read();
            if (one < 0) return -1;
            into[from] = (byte) one;
            return 1;
        }
    }

    /** A range of a message's octets as a stream. */
    private static final class OctetStream extends InputStream {
        private final MessageOctets message;
        private final long end;
        private long at;

        OctetStream(MessageOctets message, long offset, long length) {
            this.message = message;
            this.at = offset;
            this.end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            if (at >= end) return -1;
            int most = (int) Math.min(length, end - at);
            int read = message.read(at, ByteBuffer.wrap(into, from, most));
            if (read > 0) at += read;
            return read;
        }
    }
}
