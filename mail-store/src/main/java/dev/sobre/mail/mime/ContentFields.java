package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.MimeEntity.Disposition;
import dev.sobre.mail.mime.MimeEntity.Parameter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;

/** What a header says about the body below it. */
record ContentFields(
        String type,
        String subtype,
        List<Parameter> parameters,
        String encoding,
        Optional<Disposition> disposition,
        List<String> languages) {

    private static final int MOST_LANGUAGES = 100;
    private static final BitSet COMMA = RawFieldParser.INIT_BITSET(',');

    /** A field value as the parser of fields takes it. */
    static ByteArrayBuffer buffer(String value) {
        return new ByteArrayBuffer(value.getBytes(UTF_8), true);
    }

    /**
     * @param inDigest whether a part without a type is a message (RFC 2046 §5.1.5)
     */
    static ContentFields of(HeaderFields header, boolean inDigest) {
        Optional<RawBody> type = header.text("content-type").map(ContentFields::parse);
        Optional<String[]> words = type.flatMap(t -> mediaType(t.getValue()));
        boolean message = inDigest && type.isEmpty();
        return new ContentFields(
                words.map(w -> w[0]).orElse(message ? "MESSAGE" : "TEXT"),
                words.map(w -> w[1]).orElse(message ? "RFC822" : "PLAIN"),
                type.filter(t -> words.isPresent())
                        .map(t -> Parameters.of(t.getParams()))
                        .orElse(message ? List.of() : ASCII),
                header.text("content-transfer-encoding")
                        .map(e -> parse(e).getValue())
                        .filter(ContentFields::isToken)
                        .orElse("7BIT"),
                header.text("content-disposition")
                        .map(ContentFields::parse)
                        .filter(d -> isToken(d.getValue()))
                        .map(d -> new Disposition(d.getValue(), Parameters.of(d.getParams()))),
                header.text("content-language").map(ContentFields::list).orElse(List.of()));
    }

    // RFC 2045 §5.2: what is not a valid type is plain text.
    private static final List<Parameter> ASCII = List.of(new Parameter("CHARSET", "US-ASCII"));

    ContentFields asText() {
        return new ContentFields("TEXT", "PLAIN", ASCII, encoding, disposition, languages);
    }

    ContentFields asOctets() {
        return new ContentFields(
                "APPLICATION", "OCTET-STREAM", List.of(), encoding, disposition, languages);
    }

    boolean isMultipart() {
        return type.equalsIgnoreCase("multipart");
    }

    boolean isDigest() {
        return subtype.equalsIgnoreCase("digest");
    }

    /** A message whose octets are here as they are (RFC 2046 §5.2.1, RFC 6532 §3.7). */
    boolean isMessage() {
        return type.equalsIgnoreCase("message")
                && (subtype.equalsIgnoreCase("rfc822") || subtype.equalsIgnoreCase("global"));
    }

    boolean isEncoded() {
        String e = encoding.toLowerCase(Locale.ROOT);
        return e.equals("base64") || e.equals("quoted-printable");
    }

    boolean isBinary() {
        return encoding.equalsIgnoreCase("binary");
    }

    /** RFC 2045 §6.4: of a type whose octets must not be encoded. */
    boolean isComposite() {
        return isMultipart() || type.equalsIgnoreCase("message");
    }

    /** RFC 1847: of octets that must stay as they are. */
    boolean isSealed() {
        return isMultipart()
                && (subtype.equalsIgnoreCase("signed") || subtype.equalsIgnoreCase("encrypted"));
    }

    Optional<String> boundary() {
        return parameters.stream()
                .filter(p -> p.name().equalsIgnoreCase("boundary"))
                .map(p -> p.value().stripTrailing())
                .filter(b -> !b.isEmpty() && b.length() <= Boundaries.LONGEST)
                .findFirst();
    }

    private static RawBody parse(String value) {
        var octets = buffer(value);
        return RawFieldParser.DEFAULT.parseRawBody(octets, new ParserCursor(0, octets.length()));
    }

    private static Optional<String[]> mediaType(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) return Optional.empty();
        String type = value.substring(0, slash).strip();
        String subtype = value.substring(slash + 1).strip();
        boolean valid = isToken(type) && isToken(subtype);
        return valid ? Optional.of(new String[] {type, subtype}) : Optional.empty();
    }

    private static List<String> list(String value) {
        var octets = buffer(value);
        var cursor = new ParserCursor(0, octets.length());
        List<String> words = new ArrayList<>();
        while (!cursor.atEnd() && words.size() < MOST_LANGUAGES) {
            String word = RawFieldParser.DEFAULT.parseToken(octets, cursor, COMMA);
            if (isToken(word)) words.add(word);
            if (!cursor.atEnd()) cursor.updatePos(cursor.getPos() + 1);
        }
        return words;
    }

    // RFC 2045 §5.1
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }
}
