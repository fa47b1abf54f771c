package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/**
 * The text of a part with its transfer encoding and charset undone, as a stream: it takes time and
 * memory only for what is read of it. What can't be decoded is U+FFFD. RFC 2045 §6; RFC 2046 §4.1.
 */
public final class DecodedText {

    private DecodedText() {}

    /** The text as it was written, HTML with its tags. */
    public static Reader asWritten(MessageOctets message, MimeEntity part) {
        return asWritten(message, part, part.bodyLength());
    }

    /** The text as it is read: of HTML, what a reader would see. */
    public static Reader asRead(MessageOctets message, MimeEntity part) {
        return asRead(message, part, part.bodyLength());
    }

    /**
     * @param octets how many of the part's encoded octets are looked at, at most
     */
    static Reader asRead(MessageOctets message, MimeEntity part, long octets) {
        Reader text = asWritten(message, part, octets);
        return part.subtype().equalsIgnoreCase("html") ? new HtmlText(text) : text;
    }

    private static Reader asWritten(MessageOctets message, MimeEntity part, long octets) {
        long length = Math.min(octets, part.bodyLength());
        InputStream encoded = new OctetStream(message, part.bodyStart(), length);
        InputStream decoded =
                switch (part.encoding().toLowerCase(Locale.ROOT)) {
                    case "base64" -> new Base64InputStream(encoded);
                    case "quoted-printable" -> new QuotedPrintableInputStream(encoded);
                    default -> encoded;
                };
        return new InputStreamReader(new SomeOrNothing(decoded), charset(part));
    }

    /** The charset that the part claims. */
    private static Charset charset(MimeEntity part) {
        for (var parameter : part.parameters()) {
            if (!parameter.name().equalsIgnoreCase("charset")) continue;
            // What claims to be US-ASCII and is not, is mostly UTF-8.
            if (parameter.value().equalsIgnoreCase("us-ascii")) return UTF_8;
            return Charsets.named(parameter.value());
        }
        return UTF_8;
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
