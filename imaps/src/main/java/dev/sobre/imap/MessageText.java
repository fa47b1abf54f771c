package dev.sobre.imap;

import dev.sobre.mail.mime.DecodedText;
import dev.sobre.mail.mime.EncodedWords;
import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.MimeEntity;
import java.io.IOException;
import java.io.Reader;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        try (Reader text = DecodedText.asWritten(message.open(), entity)) {
            return needle.isIn(text);
        }
    }
}
