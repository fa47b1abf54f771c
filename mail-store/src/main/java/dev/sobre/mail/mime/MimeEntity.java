package dev.sobre.mail.mime;

import java.util.List;
import java.util.Optional;

/**
 * A message or a part of one: what its header says it is, and where its octets lie. Offsets count
 * from the start of the stored message.
 *
 * @param type the media type in the case it came, {@code TEXT} when there is none
 * @param encoding the Content-Transfer-Encoding, {@code 7BIT} when there is none
 * @param headerStart where the header begins
 * @param bodyStart where the body begins, after the empty line
 * @param end where the body ends (before the CRLF of a following boundary)
 * @param lines CRLFs in the body
 * @param envelope of a message (the outermost, or the one inside a message/rfc822 part)
 * @param children the parts of a multipart; of a message/rfc822, the one message inside
 */
public record MimeEntity(
        String type,
        String subtype,
        List<Parameter> parameters,
        Optional<String> contentId,
        Optional<String> description,
        String encoding,
        Optional<String> md5,
        Optional<Disposition> disposition,
        List<String> languages,
        Optional<String> location,
        long headerStart,
        long bodyStart,
        long end,
        long lines,
        Optional<MessageEnvelope> envelope,
        List<MimeEntity> children) {

    /** One parameter of a header field, with RFC 2231 continuations joined. */
    public record Parameter(String name, String value) {}

    /** Content-Disposition (RFC 2183). */
    public record Disposition(String type, List<Parameter> parameters) {}

    public MimeEntity {
        parameters = List.copyOf(parameters);
        languages = List.copyOf(languages);
        children = List.copyOf(children);
    }

    public boolean isMultipart() {
        return type.equalsIgnoreCase("multipart");
    }

    /** A part that holds a whole message, {@code message/rfc822} or {@code message/global}. */
    public boolean isMessage() {
        return type.equalsIgnoreCase("message") && !children.isEmpty();
    }

    public boolean isText() {
        return type.equalsIgnoreCase("text");
    }

    /** The length of the body in octets. */
    public long bodyLength() {
        return end - bodyStart;
    }
}
