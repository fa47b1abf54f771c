package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.EncodedWords;
import dev.sobre.mail.mime.MessageEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of a header as folded lines {@code NAME: VALUE}: unfolded, encoded words decoded. The
 * addresses have lines of their own besides, as a reader would see them. RFC 5322 §2.2; RFC 2047.
 */
final class HeaderLines {

    private HeaderLines() {}

    /** A field's name in the form in which lines have it; empty for what can't be one. */
    static Optional<byte[]> name(String name) {
        if (name.isEmpty()) return Optional.empty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            // RFC 5322 §2.2: printable US-ASCII, but no colon.
            if (c <= ' ' || c >= 0x7F || c == ':') return Optional.empty();
        }
        return Optional.of(name.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    }

    /** Whether one of the lines up to {@code end} has this name and contains the needle. */
    static boolean has(byte[] lines, int end, byte[] name, Needle needle) {
        int at = 0;
        while (at < end) {
            int next = at;
            while (lines[next] != '\n') next++;
            int value = value(lines, at, next, name);
            if (value >= 0 && needle.isIn(lines, value, next)) return true;
            at = next + 1;
        }
        return false;
    }

    /** Where a line's value begins, if it has this name; else -1. */
    private static int value(byte[] lines, int from, int to, byte[] name) {
        int colon = from + name.length;
        if (colon >= to || lines[colon] != ':') return -1;
        for (int i = 0; i < name.length; i++) if (lines[from + i] != name[i]) return -1;
        return Math.min(colon + 2, to);
    }

    /** Writes a header, up to the empty line or the end. */
    static void write(byte[] header, Folding out) {
        int field = -1; // where the present one starts; what comes before the first is none
        int at = 0;
        while (at < header.length) {
            int next = at;
            while (next < header.length && header[next] != '\n') next++;
            next = Math.min(next + 1, header.length);
            boolean goesOn = header[at] == ' ' || header[at] == '\t';
            if (!goesOn) {
                if (field >= 0) field(header, field, at, out);
                field = at;
            }
            if (isEmpty(header, at, next)) return;
            at = next;
        }
        if (field >= 0) field(header, field, at, out);
    }

    private static boolean isEmpty(byte[] header, int from, int to) {
        return to - from <= 2 && (header[from] == '\r' || header[from] == '\n');
    }

    private static void field(byte[] header, int from, int to, Folding out) {
        String field = text(header, from, to);
        int colon = field.indexOf(':');
        int end = Math.max(colon, 0);
        while (end > 0 && (field.charAt(end - 1) == ' ' || field.charAt(end - 1) == '\t')) end--;
        String name = field.substring(0, end);
        if (name(name).isPresent()) {
            line(name, EncodedWords.decode(field.substring(colon + 1).strip()), out);
        } else {
            // No line of a field begins with a space.
            out.text(" ").text(EncodedWords.decode(field)).endOfLine();
        }
    }

    private static void line(String name, String value, Folding out) {
        out.text(name).text(": ").text(value).endOfLine();
    }

    /** UTF-8 (RFC 6532), or ISO-8859-1 when it is not that. */
    private static String text(byte[] octets, int from, int to) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, from, to - from, ISO_8859_1);
        }
    }

    /** Writes the lines of an envelope's addresses. */
    static void write(MessageEnvelope envelope, Folding out) {
        addresses("From", envelope.from(), out);
        addresses("To", envelope.to(), out);
        addresses("Cc", envelope.cc(), out);
        addresses("Bcc", envelope.bcc(), out);
    }

    private static void addresses(
            String name, List<MessageEnvelope.Mailbox> addresses, Folding out) {
        for (var a : addresses) {
            String display = EncodedWords.decode(a.name().orElse(""));
            String host = a.host().map(h -> "@" + h).orElse("");
            String address = "<" + a.mailbox().orElse("") + host + ">";
            line(name, display.isEmpty() ? address : display + " " + address, out);
        }
    }
}
