package dev.sobre.imap;

import dev.sobre.imap.FetchItem.Partial;
import dev.sobre.imap.wire.Section;
import dev.sobre.mail.mime.MimeEntity;
import java.util.List;
import java.util.Optional;

/** Where a section's octets lie in a stored message. RFC 3501 §6.4.5. */
sealed interface SectionPlace {

    /** Octets that lie together. */
    record Range(long offset, long length) implements SectionPlace {

        /** What a partial FETCH means of it. */
        Range cut(Optional<Partial> partial) {
            if (partial.isEmpty()) return this;
            long from = Math.min(partial.get().from(), length);
            return new Range(offset + from, Math.min(partial.get().count(), length - from));
        }
    }

    /** Some of the fields of a header. */
    record Fields(Range header, Section.HeaderFields which) implements SectionPlace {}

    /** The message has no such part, or the part has no such section. */
    record Nowhere() implements SectionPlace {}

    static SectionPlace of(Section section, MimeEntity root, long size) {
        if (section.part().isEmpty()) {
            if (section.text() instanceof Section.Whole) return new Range(0, size);
            return text(section.text(), root);
        }
        Optional<MimeEntity> part = part(section.part(), root);
        return part.isPresent() ? ofPart(section.text(), part.get()) : new Nowhere();
    }

    /**
     * The part of a number. A message that is no multipart has one part, 1; a part that holds a
     * message counts on in the parts of that message.
     */
    static Optional<MimeEntity> part(List<Integer> numbers, MimeEntity message) {
        MimeEntity container = message; // what the next number counts in: a message or multipart
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            MimeEntity found;
            if (container.isMultipart()) {
                if (number > container.children().size()) return Optional.empty();
                found = container.children().get(number - 1);
            } else {
                if (number != 1) return Optional.empty();
                found = container;
            }
            if (i == numbers.size() - 1) return Optional.of(found);
            if (found.isMessage()) container = found.children().getFirst();
            else if (found.isMultipart()) container = found;
            else return Optional.empty();
        }
        return Optional.empty();
    }

    private static SectionPlace ofPart(Section.Text text, MimeEntity part) {
        return switch (text) {
            case Section.Whole whole -> body(part);
            case Section.Mime mime -> header(part);
            // HEADER and TEXT are of the message that a part holds.
            default -> part.isMessage() ? text(text, part.children().getFirst()) : new Nowhere();
        };
    }

    private static SectionPlace text(Section.Text text, MimeEntity message) {
        return switch (text) {
            case Section.Header header -> header(message);
            case Section.HeaderFields fields -> new Fields(header(message), fields);
            case Section.BodyText body -> new Range(message.bodyStart(), message.bodyLength());
            case Section.Whole whole -> new Nowhere();
            case Section.Mime mime -> new Nowhere();
        };
    }

    static Range body(MimeEntity part) {
        return new Range(part.bodyStart(), part.bodyLength());
    }

    private static Range header(MimeEntity entity) {
        return new Range(entity.headerStart(), entity.bodyStart() - entity.headerStart());
    }
}
