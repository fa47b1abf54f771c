package dev.sobre.imap.wire;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Mailbox;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes responses (RFC 3501 §9) into one growing buffer, and hands it on at the end of each line
 * that makes it large, and before a body. Chooses between quoted strings and literals.
 */
public final class ImapWriter {

    private static final int HAND_ON = 8 * 1024;
    private static final int LONGEST_QUOTED = 1024;

    private final ImapOutput output;
    private byte[] buffer = new byte[512];
    private int length;
    private NameForm names = NameForm.MODIFIED_UTF7;
    private boolean lineOpen;
    private int lineStart; // in the buffer; negative when the line's start was handed on

    public ImapWriter(ImapOutput output) {
        this.output = output;
    }

    /** Takes back the line that was begun; false when part of it has been handed on. */
    public boolean undoLine() {
        if (lineStart < 0) return false;
        length = lineStart;
        lineOpen = false;
        return true;
    }

    // Plain pieces.

    /** Words of the grammar, in US-ASCII, as they are. */
    @SuppressWarnings("deprecation") // the text is ASCII, and this copies without an encoder
    public ImapWriter put(String ascii) {
        int n = ascii.length();
        room(n);
        ascii.getBytes(0, n, buffer, length);
        length += n;
        lineOpen = true;
        return this;
    }

    public ImapWriter put(char c) {
        room(1);
        buffer[length++] = (byte) c;
        lineOpen = true;
        return this;
    }

    public ImapWriter number(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) return put(Long.toString(value));
        int digits = 1;
        for (long limit = 10; limit <= value; limit *= 10) digits++;
        room(digits);
        length += digits;
        int left = (int) value;
        for (int at = length; digits > 0; digits--) {
            buffer[--at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        lineOpen = true;
        return this;
    }

    /** Human-readable text: printable US-ASCII; anything else becomes a question mark. */
    public ImapWriter text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            put(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return this;
    }

    public void endLine() throws IOException {
        put("\r\n");
        lineOpen = false;
        lineStart = length;
        if (length > HAND_ON) handOn();
    }

    /** Hands on what is gathered; the end of a command. */
    public void handOn() throws IOException {
        if (length == 0) return;
        output.write(buffer, 0, length);
        length = 0;
        lineStart = lineOpen ? -1 : 0;
        if (buffer.length > 4 * HAND_ON) buffer = new byte[512];
    }

    // Strings.

    /** A quoted string, or a literal where that can't be: other octets than US-ASCII, line ends. */
    public ImapWriter string(String text) {
        if (!quotable(text)) return literal(text.getBytes(StandardCharsets.UTF_8));
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') put('\\');
            put(c);
        }
        return put('"');
    }

    public ImapWriter nstring(Optional<String> text) {
        return text.isPresent() ? string(text.get()) : put("NIL");
    }

    /** An atom where it can be one, otherwise a string. */
    public ImapWriter astring(String text) {
        boolean atom = !text.isEmpty() && !text.equalsIgnoreCase("NIL");
        for (int i = 0; atom && i < text.length(); i++) {
            char c = text.charAt(i);
            atom = c < 0x7f && Octets.is(Octets.ASTRING, (byte) c);
        }
        return atom ? put(text) : string(text);
    }

    /** A mailbox name, in the form that the client knows. */
    public ImapWriter mailbox(String name) {
        if (name.equals(Mailbox.INBOX)) return put(name);
        names.write(name, this);
        return this;
    }

    /** From now on the client knows this form of mailbox names. */
    public void names(NameForm form) {
        names = form;
    }

    /** A name as a quoted string in UTF-8 (RFC 9051 §4.3), which has no line ends and no NUL. */
    ImapWriter utf8String(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        put('"');
        room(2 * octets.length);
        for (byte c : octets) {
            if (c == '"' || c == '\\') buffer[length++] = '\\';
            buffer[length++] = c;
        }
        return put('"');
    }

    /** Octets, as a literal. NUL, which no literal holds (RFC 3501 §9: CHAR8), becomes a space. */
    public ImapWriter literal(byte[] octets) {
        put('{').number(octets.length).put("}\r\n");
        room(octets.length);
        for (byte c : octets) buffer[length++] = c == 0 ? (byte) ' ' : c;
        return this;
    }

    /** Octets as a string, or with a NUL among them as a {@code ~} literal (RFC 3516 §4.4). */
    public ImapWriter octets(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.duplicate().get(octets);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (quotable(text)) return string(text);
        boolean any = text.indexOf('\0') >= 0;
        put(any ? "~{" : "{").number(octets.length).put("}\r\n");
        room(octets.length);
        System.arraycopy(octets, 0, buffer, length, octets.length);
        length += octets.length;
        return this;
    }

    /** Octets of a stored body, as a literal. They pass as they are stored. */
    public ImapWriter literal(BlobReader body, long offset, long octets) throws IOException {
        put('{').number(octets).put("}\r\n");
        handOn();
        if (octets > 0) output.writeBody(body, offset, octets);
        return this;
    }

    /**
     * Octets of a stream, as a literal, or as a literal8 (RFC 3516 §7) where a NUL is among them.
     */
    public ImapWriter literal(InputStream in, long octets, boolean nul) throws IOException {
        if (nul) put('~');
        put('{').number(octets).put("}\r\n");
        long left = octets;
        while (left > 0) {
            room(HAND_ON);
            int most = (int) Math.min(buffer.length - length, left);
            int read = in.read(buffer, length, most);
            if (read < 0) throw new EOFException("the message is shorter than it was");
            length += read;
            left -= read;
            if (length > HAND_ON) handOn();
        }
        return this;
    }

    // Values.

    /** A parenthesised list of words. */
    public ImapWriter list(Collection<String> words) {
        char before = '(';
        for (String word : words) {
            put(before).put(word);
            before = ' ';
        }
        if (before == '(') put('(');
        return put(')');
    }

    /** An object identifier in its parentheses (RFC 8474 §7). */
    public ImapWriter objectId(String id) {
        return put('(').put(id).put(')');
    }

    public ImapWriter dateTime(Instant instant) {
        byte[] text = ImapDates.format(instant);
        put('"');
        room(text.length);
        System.arraycopy(text, 0, buffer, length, text.length);
        length += text.length;
        return put('"');
    }

    /** A section with its brackets, as the client named it. */
    public ImapWriter section(Section section) {
        put('[');
        String before = "";
        for (int number : section.part()) {
            put(before).number(number);
            before = ".";
        }
        switch (section.text()) {
            case Section.Whole whole -> {}
            case Section.Header header -> put(before).put("HEADER");
            case Section.BodyText text -> put(before).put("TEXT");
            case Section.Mime mime -> put(before).put("MIME");
            case Section.HeaderFields fields -> {
                put(before).put(fields.not() ? "HEADER.FIELDS.NOT " : "HEADER.FIELDS ");
                char open = '(';
                for (String name : fields.names()) {
                    put(open).astring(name);
                    open = ' ';
                }
                put(')');
            }
        }
        return put(']');
    }

    private static boolean quotable(String text) {
        if (text.length() > LONGEST_QUOTED) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f || (c < 0x20 && c != '\t')) return false;
        }
        return true;
    }

    private void room(int more) {
        if (buffer.length - length >= more) return;
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
}
