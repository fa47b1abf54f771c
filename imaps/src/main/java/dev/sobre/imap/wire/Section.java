package dev.sobre.imap.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which octets of a message a FETCH means (RFC 3501 §6.4.5, §9: section).
 *
 * @param part the numbers of a part, {@code 4.2.1}; empty for the message itself
 */
public record Section(List<Integer> part, Text text) {

    /** What of the message or part. */
    public sealed interface Text {}

    /** All of it: {@code BODY[]}, {@code BODY[2]}. */
    public record Whole() implements Text {}

    public record Header() implements Text {}

    /** The fields named, or ({@code not}) all others. */
    public record HeaderFields(List<String> names, boolean not) implements Text {}

    /** The body without its header. */
    public record BodyText() implements Text {}

    /** The header of a part. */
    public record Mime() implements Text {}

    private static final int LONGEST_PART = 64;
    private static final int MOST_FIELDS = 1000;

    public Section {
        part = List.copyOf(part);
    }

    public static Section of(Text text) {
        return new Section(List.of(), text);
    }

    /** A section as it stands between the brackets. */
    public static Section of(String text) throws BadMessage, IOException {
        var in = ImapReader.of("[" + text + "]");
        Section section = parse(in);
        in.endOfLine();
        return section;
    }

    /** Reads a section from its opening to its closing bracket. */
    public static Section parse(ImapReader in) throws BadMessage, IOException {
        in.expect('[');
        List<Integer> part = new ArrayList<>();
        while (in.isDigitNext()) {
            part.add((int) Math.min(in.nonZero(), Integer.MAX_VALUE));
            if (part.size() > LONGEST_PART) throw new BadMessage("a part number is too long");
            if (in.isNext(']')) break;
            in.expect('.');
            if (in.isNext(']')) throw new BadMessage("a part number ends in a dot");
        }
        Text text = in.isNext(']') ? new Whole() : text(in, !part.isEmpty());
        in.expect(']');
        return new Section(part, text);
    }

    private static Text text(ImapReader in, boolean ofPart) throws BadMessage, IOException {
        String name = in.name();
        return switch (name) {
            case "HEADER" -> new Header();
            case "HEADER.FIELDS" -> new HeaderFields(fields(in), false);
            case "HEADER.FIELDS.NOT" -> new HeaderFields(fields(in), true);
            case "TEXT" -> new BodyText();
            case "MIME" -> {
                if (!ofPart) throw new BadMessage("MIME follows a part number: BODY[1.MIME]");
                yield new Mime();
            }
            default -> throw new BadMessage("there is no section of that name");
        };
    }

    private static List<String> fields(ImapReader in) throws BadMessage, IOException {
        in.space();
        in.expect('(');
        List<String> names = new ArrayList<>();
        do {
            names.add(in.astring());
            if (names.size() > MOST_FIELDS) throw new BadMessage("too many header fields");
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(names);
    }
}
