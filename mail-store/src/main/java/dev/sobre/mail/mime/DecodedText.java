package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * The text of a part with its transfer encoding and charset undone, as a stream: it takes time and
 * memory only for what is read of it. What can't be decoded is U+FFFD. RFC 2045 §6; RFC 2046 §4.1.
 */
public final class DecodedText {

    private DecodedText() {}

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

    /** HTML with its tags. */
    private static Reader asWritten(MessageOctets message, MimeEntity part, long octets) {
        long length = Math.min(octets, part.bodyLength());
        InputStream decoded = DecodedOctets.of(message, part.bodyStart(), length, part.encoding());
        return new InputStreamReader(decoded, charset(part));
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
}
