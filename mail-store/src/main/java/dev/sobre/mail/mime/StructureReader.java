package dev.sobre.mail.mime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One walk over the lines of a message, from its first header to its end. Never goes back. */
final class StructureReader {

    /** Multiparts and messages inside of each other; what is deeper is not looked into. */
    static final int DEEPEST = 100;

    /** Parts in all; what comes after is not told apart. */
    static final int MOST_PARTS = 10_000;

    private static final int HEADER_ROOM = 2 * 1024 * 1024; // of all headers together

    /** What an entity is to the one around it. */
    private enum Place {
        MESSAGE,
        PART,
        DIGEST_PART
    }

    /** Where a body was found to end: at a delimiter line, or at the end of everything. */
    private record Stop(int level, boolean closing, long end, long lineFeeds) {}

    private static final int END_OF_MESSAGE = -1;

    private final LineScanner lines;
    private final Boundaries boundaries = new Boundaries();
    private int parts;
    private int headerRoom = HEADER_ROOM;
    private Optional<Stop> stop = Optional.empty();

    StructureReader(LineScanner lines) {
        this.lines = lines;
    }

    MimeEntity message() throws IOException {
        return entity(Place.MESSAGE, 0);
    }

    private MimeEntity entity(Place place, int depth) throws IOException {
        stop = Optional.empty();
        long headerStart = lines.end();
        var header = new HeaderFields(place == Place.MESSAGE, headerRoom);
        readHeader(header);
        headerRoom -= header.kept();
        // A header that a delimiter cuts off has no empty line and no body.
        boolean cutOff = stop.isPresent();
        long bodyStart = cutOff ? lines.start() : lines.end();
        long lineFeeds = cutOff ? lines.lineFeedsAtStart() : lines.lineFeeds();
        ContentFields content = ContentFields.of(header, place == Place.DIGEST_PART);
        boolean nests = content.isMultipart() || content.isMessage();
        if (nests && depth >= DEEPEST) content = content.asOctets();
        List<MimeEntity> children = children(content, depth);
        if (children.isEmpty()) content = childless(content);
        Stop at = endOf(bodyStart, children, skipToStop());
        return build(
                content,
                header,
                place,
                new Span(headerStart, bodyStart, at.end, at.lineFeeds - lineFeeds),
                children);
    }

    /**
     * Where an entity ends, given the delimiter found after it. The line end before that delimiter
     * is none of the entity's, unless it ends a header: its own, or that of a message or part in
     * it, which has no body then.
     */
    private static Stop endOf(long bodyStart, List<MimeEntity> children, Stop found) {
        long least = children.isEmpty() ? bodyStart : children.getLast().end();
        if (least <= found.end) return found;
        return new Stop(found.level, found.closing, least, found.lineFeeds + 1);
    }

    private void readHeader(HeaderFields header) throws IOException {
        while (lines.next()) {
            if (lines.isBlank()) return;
            if (isDelimiter()) return;
            if (lines.startsLine()) header.line(lines.octets());
            else header.more(lines.octets());
        }
        stop = Optional.of(endOfMessage());
    }

    private List<MimeEntity> children(ContentFields content, int depth) throws IOException {
        if (stop.isPresent()) return List.of();
        if (content.isMessage() && !content.isEncoded() && parts < MOST_PARTS) {
            parts++;
            return List.of(entity(Place.MESSAGE, depth + 1));
        }
        Optional<String> boundary = content.isMultipart() ? content.boundary() : Optional.empty();
        if (boundary.isEmpty()) return List.of();
        return parts(boundary.get(), content.isDigest() ? Place.DIGEST_PART : Place.PART, depth);
    }

    private List<MimeEntity> parts(String boundary, Place place, int depth) throws IOException {
        List<MimeEntity> children = new ArrayList<>();
        int level = boundaries.push(boundary);
        Stop at = skipToStop(); // the preamble
        while (at.level == level && !at.closing && parts < MOST_PARTS) {
            parts++;
            children.add(entity(place, depth + 1));
            at = skipToStop();
        }
        boundaries.pop();
        // After our own last delimiter comes the epilogue; another's delimiter ends us as well.
        if (at.level == level) stop = Optional.empty();
        return children;
    }

    /** A multipart without parts and a message that can't be read are what they look like. */
    private static ContentFields childless(ContentFields content) {
        if (content.isMultipart()) return content.asText();
        return content.isMessage() ? content.asOctets() : content;
    }

    /** Goes on to where the present body ends, unless that is where we are. */
    private Stop skipToStop() throws IOException {
        while (stop.isEmpty()) {
            if (!lines.next()) stop = Optional.of(endOfMessage());
            else isDelimiter();
        }
        return stop.get();
    }

    private boolean isDelimiter() {
        if (!lines.mayDelimit()) return false;
        stop =
                boundaries
                        .match(lines.octets())
                        .map(
                                d ->
                                        new Stop(
                                                d.level(),
                                                d.closing(),
                                                lines.start() - lines.lengthOfLineEndBefore(),
                                                lines.lineFeedsBefore()));
        return stop.isPresent();
    }

    private Stop endOfMessage() {
        return new Stop(END_OF_MESSAGE, false, lines.end(), lines.lineFeeds());
    }

    private record Span(long headerStart, long bodyStart, long end, long lines) {}

    private static MimeEntity build(
            ContentFields content,
            HeaderFields header,
            Place place,
            Span span,
            List<MimeEntity> children) {
        return new MimeEntity(
                content.type(),
                content.subtype(),
                content.parameters(),
                header.text("content-id"),
                header.text("content-description"),
                content.encoding(),
                header.text("content-md5"),
                content.disposition(),
                content.languages(),
                header.text("content-location"),
                span.headerStart,
                span.bodyStart,
                span.end,
                span.lines,
                place == Place.MESSAGE
                        ? Optional.of(EnvelopeFields.envelope(header))
                        : Optional.empty(),
                children);
    }
}
