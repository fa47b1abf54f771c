package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.Section;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** What a FETCH asks of each message. RFC 3501 §6.4.5. */
sealed interface FetchItem {

    /** What is known without looking at the message, and what was computed at its delivery. */
    enum Known implements FetchItem {
        UID("UID", Feature.IMAP4REV1),
        FLAGS("FLAGS", Feature.IMAP4REV1),
        INTERNALDATE("INTERNALDATE", Feature.IMAP4REV1),
        SIZE("RFC822.SIZE", Feature.IMAP4REV1),
        MODSEQ("MODSEQ", Feature.CONDSTORE),
        SAVEDATE("SAVEDATE", Feature.SAVEDATE),
        EMAILID("EMAILID", Feature.OBJECTID),
        THREADID("THREADID", Feature.OBJECTID),
        PREVIEW("PREVIEW", Feature.PREVIEW),
        ENVELOPE("ENVELOPE", Feature.IMAP4REV1),
        BODY("BODY", Feature.IMAP4REV1),
        BODYSTRUCTURE("BODYSTRUCTURE", Feature.IMAP4REV1);

        private final String word;
        private final Feature feature;

        Known(String word, Feature feature) {
            this.word = word;
            this.feature = feature;
        }

        /** How client and server name it. */
        String word() {
            return word;
        }

        private static Optional<Known> named(String name) {
            return Stream.of(values()).filter(known -> known.word.equals(name)).findFirst();
        }
    }

    /**
     * Octets of the message.
     *
     * @param name how the answer names them, when that is not by the section: {@code RFC822}
     * @param peek whether \Seen is left alone
     */
    record Octets(Optional<String> name, Section section, boolean peek, Optional<Partial> partial)
            implements FetchItem {}

    /** A part without its transfer encoding. RFC 3516 §4.2. */
    record Binary(Section section, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /** How long a part is without its transfer encoding. */
    record BinarySize(Section section) implements FetchItem {}

    /** {@code <from.count>}. */
    record Partial(long from, long count) {}

    /** Whether the index of the mailbox does not know it. */
    default boolean needsMessage() {
        return switch (this) {
            case Known known -> known.compareTo(Known.EMAILID) >= 0;
            default -> true;
        };
    }

    /** The capability that it belongs to. */
    default Feature feature() {
        return switch (this) {
            case Known known -> known.feature;
            case Octets octets -> Feature.IMAP4REV1;
            case Binary binary -> Feature.BINARY;
            case BinarySize size -> Feature.BINARY;
        };
    }

    /** Whether the message is decoded for it, which takes time. */
    default boolean isDecoded() {
        return feature() == Feature.BINARY;
    }

    /** Whether fetching it sets \Seen. */
    default boolean setsSeen() {
        return switch (this) {
            case Octets octets -> !octets.peek;
            case Binary binary -> !binary.peek;
            default -> false;
        };
    }

    static FetchItem parse(String name, ImapReader in) throws BadMessage, IOException {
        return switch (name) {
            case "RFC822" -> whole(name, new Section.Whole(), false);
            case "RFC822.HEADER" -> whole(name, new Section.Header(), true);
            case "RFC822.TEXT" -> whole(name, new Section.BodyText(), false);
            case "BODY" -> in.isNext('[') ? octets(in, false) : Known.BODY;
            case "BODY.PEEK" -> octets(in, true);
            case "BINARY" -> new Binary(wholePart(in), false, partial(in));
            case "BINARY.PEEK" -> new Binary(wholePart(in), true, partial(in));
            case "BINARY.SIZE" -> new BinarySize(wholePart(in));
            case "PREVIEW" -> {
                // RFC 8970 §4.1: they are made at delivery, so that there is never a delay.
                in.takeWord(" (LAZY)");
                yield Known.PREVIEW;
            }
            default ->
                    Known.named(name).orElseThrow(() -> new BadMessage("FETCH knows no such item"));
        };
    }

    private static FetchItem whole(String name, Section.Text text, boolean peek) {
        return new Octets(Optional.of(name), Section.of(text), peek, Optional.empty());
    }

    private static FetchItem octets(ImapReader in, boolean peek) throws BadMessage, IOException {
        return new Octets(Optional.empty(), Section.parse(in), peek, partial(in));
    }

    /** RFC 3516 §7, section-binary. */
    private static Section wholePart(ImapReader in) throws BadMessage, IOException {
        var section = Section.parse(in);
        if (section.text() instanceof Section.Whole) return section;
        throw new BadMessage("BINARY is of whole parts: BINARY[1.2]");
    }

    private static Optional<Partial> partial(ImapReader in) throws BadMessage {
        if (!in.take('<')) return Optional.empty();
        long from = in.number();
        in.expect('.');
        long count = in.nonZero();
        in.expect('>');
        return Optional.of(new Partial(from, count));
    }
}
