package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.Section;
import java.io.IOException;
import java.util.Optional;

/** What a FETCH asks of each message. RFC 3501 §6.4.5. */
sealed interface FetchItem {

    /** What is known without looking at the message, and what was computed at its delivery. */
    enum Known implements FetchItem {
        UID,
        FLAGS,
        INTERNALDATE,
        SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE
    }

    /**
     * Octets of the message.
     *
     * @param name how the answer names them, when that is not by the section: {@code RFC822}
     * @param peek whether \Seen is left alone
     */
    record Octets(Optional<String> name, Section section, boolean peek, Optional<Partial> partial)
            implements FetchItem {}

    /** {@code <from.count>}. */
    record Partial(long from, long count) {}

    /** Whether the index of the mailbox does not know it. */
    default boolean needsMessage() {
        return switch (this) {
            case Known known -> known.compareTo(Known.ENVELOPE) >= 0;
            case Octets octets -> true;
        };
    }

    /** Whether fetching it sets \Seen. */
    default boolean setsSeen() {
        return this instanceof Octets octets && !octets.peek;
    }

    static FetchItem parse(String name, ImapReader in) throws BadMessage, IOException {
        return switch (name) {
            case "UID" -> Known.UID;
            case "FLAGS" -> Known.FLAGS;
            case "INTERNALDATE" -> Known.INTERNALDATE;
            case "RFC822.SIZE" -> Known.SIZE;
            case "ENVELOPE" -> Known.ENVELOPE;
            case "BODYSTRUCTURE" -> Known.BODYSTRUCTURE;
            case "RFC822" -> whole(name, new Section.Whole(), false);
            case "RFC822.HEADER" -> whole(name, new Section.Header(), true);
            case "RFC822.TEXT" -> whole(name, new Section.BodyText(), false);
            case "BODY" -> in.isNext('[') ? octets(in, false) : Known.BODY;
            case "BODY.PEEK" -> octets(in, true);
            default -> throw new BadMessage("FETCH knows no such item");
        };
    }

    private static FetchItem whole(String name, Section.Text text, boolean peek) {
        return new Octets(Optional.of(name), Section.of(text), peek, Optional.empty());
    }

    private static FetchItem octets(ImapReader in, boolean peek) throws BadMessage, IOException {
        var section = Section.parse(in);
        Optional<Partial> partial = Optional.empty();
        if (in.take('<')) {
            long from = in.number();
            in.expect('.');
            long count = in.nonZero();
            in.expect('>');
            partial = Optional.of(new Partial(from, count));
        }
        return new Octets(Optional.empty(), section, peek, partial);
    }
}
