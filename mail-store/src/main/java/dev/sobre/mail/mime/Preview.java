package dev.sobre.mail.mime;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * The first words of a message, for lists of messages. RFC 8970 §3. One line of at most {@value
 * #LONGEST} characters; empty when there is nothing to be shown.
 */
public final class Preview {

    /** The most characters, as code points. RFC 8970 §3.3 */
    public static final int LONGEST = 200;

    private static final int MOST_PARTS = 3; // texts that are tried until one has words
    private static final long MOST_OCTETS = 65_536; // of a part, encoded
    private static final int MOST_TEXT = 16_384; // of a part, decoded

    private Preview() {}

    /**
     * @throws IOException only when the message can't be read
     */
    public static String of(MessageOctets octets, MimeEntity message) throws IOException {
        for (MimeEntity part : texts(message).stream().limit(MOST_PARTS).toList()) {
            String preview = of(octets, part, new PreviewLines(true));
            // A message that is all quotation shows some of it.
            if (preview.isEmpty()) preview = of(octets, part, new PreviewLines(false));
            if (!preview.isEmpty()) return preview;
        }
        return "";
    }

    private static String of(MessageOctets octets, MimeEntity part, PreviewLines lines)
            throws IOException {
        char[] some = new char[1024];
        int looked = 0;
        try (Reader text = DecodedText.asRead(octets, part, MOST_OCTETS)) {
            while (looked < MOST_TEXT && !lines.isFull()) {
                int count = text.read(some);
                if (count < 0) break;
                for (int i = 0; i < count && !lines.isFull(); i++) lines.take(some[i]);
                looked += count;
            }
        }
        return lines.text();
    }

    /** The parts that a reader sees first, most wanted first. */
    private static List<MimeEntity> texts(MimeEntity message) {
        if (isShown(message)) return List.of(message);
        List<MimeEntity> texts = new ArrayList<>();
        collect(message, texts);
        return texts;
    }

    private static void collect(MimeEntity entity, List<MimeEntity> texts) {
        // RFC 1847 §2.2: nobody but the recipient reads what is encrypted.
        if (!entity.isMultipart() || entity.subtype().equalsIgnoreCase("encrypted")) return;
        int first = texts.size();
        for (MimeEntity child : entity.children()) {
            if (isShown(child) && !isAttachment(child)) texts.add(child);
            else collect(child, texts);
        }
        // RFC 2046 §5.1.4: the same in several forms, of which plain text is the easiest.
        if (entity.subtype().equalsIgnoreCase("alternative")) {
            texts.subList(first, texts.size())
                    .sort((a, b) -> Boolean.compare(isHtml(a), isHtml(b)));
        }
    }

    private static boolean isShown(MimeEntity entity) {
        return entity.isText() && (entity.subtype().equalsIgnoreCase("plain") || isHtml(entity));
    }

    private static boolean isHtml(MimeEntity entity) {
        return entity.subtype().equalsIgnoreCase("html");
    }

    private static boolean isAttachment(MimeEntity entity) {
        return entity.disposition()
                .filter(d -> d.type().equalsIgnoreCase("attachment"))
                .isPresent();
    }
}
