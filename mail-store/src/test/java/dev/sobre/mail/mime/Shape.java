package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** Shows the structure of a message in one line of text, for comparing. */
final class Shape {

    private Shape() {}

    static MimeEntity parse(String crlfOrLf) {
        return parse(crlfOrLf.getBytes(ISO_8859_1));
    }

    static MimeEntity parse(byte[] octets) {
        try (var body = BlobReader.of(octets)) {
            return MimeParser.parse(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code multipart/mixed[text/plain|"the body"|2 image/png|"..."|0]}. */
    static String of(String message) {
        return of(parse(message), message);
    }

    private static String of(MimeEntity e, String message) {
        String type = (e.type() + "/" + e.subtype()).toLowerCase(java.util.Locale.ROOT);
        if (!e.children().isEmpty()) {
            return e.children().stream()
                    .map(child -> of(child, message))
                    .collect(Collectors.joining(" ", type + "[", "]"));
        }
        String body = message.substring((int) e.bodyStart(), (int) e.end());
        return type + "|" + body.replace("\r\n", "~").replace("\n", "^") + "|" + e.lines();
    }
}
