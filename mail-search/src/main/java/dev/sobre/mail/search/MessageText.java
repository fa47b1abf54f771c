package dev.sobre.mail.search;

import dev.sobre.mail.mime.DecodedText;
import dev.sobre.mail.mime.MessageOctets;
import dev.sobre.mail.mime.MimeEntity;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes what a message says, transfer encodings and charsets undone and HTML as a reader sees it,
 * folded. RFC 9051 §6.4.4; RFC 2045 §6; RFC 2047. Attachments that are no text are left out, which
 * the RFC allows.
 */
final class MessageText {

    /** So much of a header is looked at; the rest of one that is longer is no header any more. */
    private static final int LONGEST_HEADER = 1 << 20;

    /** Takes the text, and is told where its regions end. */
    interface Regions extends Folding.Sink {
        void headEnds();

        void partsEnd();
    }

    private final MessageOctets message;
    private final Regions regions;
    private final Folding out;

    private MessageText(MessageOctets message, Regions regions) {
        this.message = message;
        this.regions = regions;
        this.out = new Folding(regions);
    }

    static void write(MessageOctets message, MimeEntity structure, Regions regions)
            throws IOException {
        var text = new MessageText(message, regions);
        text.header(structure);
        var envelope = structure.envelope();
        if (envelope.isPresent()) HeaderLines.write(envelope.get(), text.out);
        regions.headEnds();
        text.partHeaders(structure);
        regions.partsEnd();
        text.body(structure);
    }

    /** The octets of an entity's header. */
    static byte[] header(MessageOctets message, MimeEntity of) throws IOException {
        long length = of.bodyStart() - of.headerStart();
        byte[] octets = new byte[(int) Math.min(length, LONGEST_HEADER)];
        ByteBuffer into = ByteBuffer.wrap(octets);
        while (into.hasRemaining()) {
            int read = message.read(of.headerStart() + into.position(), into);
            if (read <= 0) return Arrays.copyOf(octets, into.position());
        }
        return octets;
    }

    private void header(MimeEntity of) throws IOException {
        HeaderLines.write(header(message, of), out);
    }

    /** The headers of parts, but not of what a message inside consists of: that is text. */
    private void partHeaders(MimeEntity entity) throws IOException {
        if (entity.isMessage()) return;
        for (MimeEntity part : entity.children()) {
            if (regions.isFull()) return;
            header(part);
            partHeaders(part);
        }
    }

    private void body(MimeEntity entity) throws IOException {
        if (regions.isFull()) return;
        if (entity.children().isEmpty()) {
            if (isRead(entity)) leaf(entity);
            return;
        }
        for (MimeEntity part : entity.children()) {
            if (entity.isMessage()) {
                header(part);
                partHeaders(part);
            }
            body(part);
        }
    }

    /** RFC 9051 §6.4.4: other types than TEXT and MESSAGE may be left out. */
    private static boolean isRead(MimeEntity leaf) {
        return leaf.isText() || leaf.type().equalsIgnoreCase("message");
    }

    private void leaf(MimeEntity part) throws IOException {
        try (Reader text = DecodedText.asRead(message, part)) {
            out.text(text).endOfLine();
        }
    }
}
