package dev.sobre.mail.mime;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes lines of text of a message that may have binary parts (RFC 3030 §3, RFC 3516 §4.4), as it
 * arrives: their bodies become base64, and what is around them is declared 8bit. All else is passed
 * on as it is, or refused where it is no text.
 */
public final class BinaryMime {

    private static final String PLAIN = "what is not declared binary";
    private static final String SEALED = "what is signed or encrypted";

    /** A multipart that is open. */
    private record Multipart(boolean digest, int depth) {}

    private final Outlet out;
    private final int longestLine;
    private final Boundaries boundaries = new Boundaries();
    private final LineStart start = new LineStart(boundaries);
    private final List<Multipart> open = new ArrayList<>();
    private Optional<Base64Lines> base64 = Optional.empty();
    private Section section;

    /**
     * @param out where the text goes
     * @param longestLine how long lines may be in parts that are not declared binary
     */
    public BinaryMime(Outlet out, int longestLine) {
        this.out = out;
        this.longestLine = longestLine;
        this.section = new PartHeader(start, false, 0, out);
    }

    /**
     * Takes all remaining octets.
     *
     * @throws NotTransportable when it can't be made text; then nothing more must be written
     */
    public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            Optional<Delimiter> delimiter = section.take(octets);
            if (delimiter.isPresent()) section = after(delimiter.get());
            else if (section instanceof PartHeader header && header.isOver()) {
                section = body(header.write(), header.depth());
            }
        }
    }

    /** The message has come whole. */
    public void end() throws IOException {
        section.end();
    }

    private Section after(Delimiter delimiter) {
        while (open.size() > delimiter.level() + 1) pop();
        Multipart around = open.getLast();
        if (!delimiter.closing()) {
            return new PartHeader(start, around.digest, around.depth + 1, out);
        }
        pop();
        return text(PLAIN, false);
    }

    private void pop() {
        open.removeLast();
        boundaries.pop();
    }

    private Section body(ContentFields content, int depth) {
        // RFC 1847 §2.1: what is signed must not be changed, so nobody needs to know its parts.
        if (content.isSealed()) return text(SEALED, true);
        boolean nests = depth < StructureReader.DEEPEST;
        if (nests && content.isMessage() && !content.isEncoded()) {
            return new PartHeader(start, false, depth + 1, out);
        }
        if (content.isMultipart() && nests) {
            content.boundary()
                    .ifPresent(
                            boundary -> {
                                boundaries.push(boundary);
                                open.add(new Multipart(content.isDigest(), depth));
                            });
        }
        return content.isBinary() && !content.isComposite() ? binary() : text(PLAIN, false);
    }

    private Section text(String what, boolean sealed) {
        var check = new LineCheck(what, sealed, longestLine);
        return new TextBody(check, start, out);
    }

    private Section binary() {
        if (base64.isEmpty()) base64 = Optional.of(new Base64Lines(out));
        return new BinaryBody(boundaries, base64.get(), out);
    }
}
