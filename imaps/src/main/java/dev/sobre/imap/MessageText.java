package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.MimeEntity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/**
 * A message as text to be searched: encoded words, transfer encodings and charsets undone, as a
 * stream. RFC 3501 §6.4.4; RFC 2045 §6; RFC 2047.
 */
final class MessageText {

    private final MessageBody message;

    MessageText(MessageBody message) {
        this.message = message;
    }

    /** The day of the Date field, whatever its zone. */
    Optional<LocalDate> sent() {
        return message.envelope().date().flatMap(MessageDate::day);
    }

    /**
     * Whether a header field of that name contains the text. RFC 3501 §6.4.4: FROM, TO, CC, BCC and
     * SUBJECT look at the envelope, for which no body is opened.
     */
    boolean headerHas(String field, String text) {
        var needle = new Needle(text);
        var envelope = message.envelope();
        return switch (field.toUpperCase(Locale.ROOT)) {
            case "FROM" -> isIn(envelope.from(), needle);
            case "TO" -> isIn(envelope.to(), needle);
            case "CC" -> isIn(envelope.cc(), needle);
            case "BCC" -> isIn(envelope.bcc(), needle);
            case "SUBJECT" ->
                    envelope.subject().map(s -> needle.isIn(EncodedWords.decode(s))).orElse(false);
            default ->
                    HeaderText.fields(header(message.structure())).stream()
                            .anyMatch(
                                    f ->
                                            f.name().equalsIgnoreCase(field)
                                                    && needle.isIn(f.value()));
        };
    }

    private static boolean isIn(List<MessageEnvelope.Mailbox> addresses, Needle needle) {
        for (var a : addresses) {
            String name = EncodedWords.decode(a.name().orElse(""));
            String host = a.host().map(h -> "@" + h).orElse("");
            if (needle.isIn(name + " <" + a.mailbox().orElse("") + host + ">")) return true;
        }
        return false;
    }

    boolean has(String text) throws IOException {
        var needle = new Needle(text);
        return headerHas(message.structure(), needle) || bodyHas(message.structure(), needle);
    }

    boolean bodyHas(String text) throws IOException {
        return bodyHas(message.structure(), new Needle(text));
    }

    private byte[] header(MimeEntity of) {
        long length = of.bodyStart() - of.headerStart();
        return message.octets(new SectionPlace.Range(of.headerStart(), length));
    }

    private boolean headerHas(MimeEntity entity, Needle needle) {
        for (var each : HeaderText.fields(header(entity))) {
            if (needle.isIn(each.name() + ": " + each.value())) return true;
        }
        return false;
    }

    /** Looks into all texts, and into the headers of parts and of messages inside. */
    private boolean bodyHas(MimeEntity entity, Needle needle) throws IOException {
        for (MimeEntity child : entity.children()) {
            if (headerHas(child, needle) || bodyHas(child, needle)) return true;
        }
        if (!entity.isText()) return false;
        try (Reader text = text(entity)) {
            return needle.isIn(text);
        }
    }

    private Reader text(MimeEntity entity) {
        InputStream octets =
                new BufferedInputStream(
                        new BodyStream(message.open(), entity.bodyStart(), entity.bodyLength()));
        InputStream decoded =
                switch (entity.encoding().toLowerCase(Locale.ROOT)) {
                    case "base64" -> new Base64InputStream(octets);
                    case "quoted-printable" -> new QuotedPrintableInputStream(octets);
                    default -> octets;
                };
        return new InputStreamReader(decoded, charset(entity));
    }

    /** The charset that the part claims. */
    private static Charset charset(MimeEntity entity) {
        for (var parameter : entity.parameters()) {
            if (!parameter.name().equalsIgnoreCase("charset")) continue;
            // What claims to be US-ASCII and is not, is mostly UTF-8.
            if (parameter.value().equalsIgnoreCase("us-ascii")) return UTF_8;
            return Charsets.named(parameter.value());
        }
        return UTF_8;
    }

    /** A part of a stored body as a stream. */
    private static final class BodyStream extends InputStream {
        private final BlobReader body;
        private final long end;
        private long at;

        BodyStream(BlobReader body, long offset, long length) {
            this.body = body;
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
            int read = body.read(at, ByteBuffer.wrap(into, from, most));
            if (read > 0) at += read;
            return read;
        }
    }
}
