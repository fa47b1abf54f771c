package dev.sobre.imap.wire;

import dev.sobre.mail.mime.MimeEntity;
import java.util.List;
import java.util.stream.Stream;

/** Writes BODY and BODYSTRUCTURE (RFC 3501 §7.4.2). */
public final class StructureWriter {

    /** What stands for a part that is promised and not there: an empty text. */
    private static final String NO_PART = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)";

    private static final String NO_ENVELOPE = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

    private final ImapWriter out;
    private final boolean extended;

    private StructureWriter(ImapWriter out, boolean extended) {
        this.out = out;
        this.extended = extended;
    }

    /**
     * @param extended BODYSTRUCTURE, with its extension data; otherwise BODY
     */
    public static void write(MimeEntity entity, boolean extended, ImapWriter out) {
        new StructureWriter(out, extended).entity(entity);
    }

    private void entity(MimeEntity e) {
        out.put('(');
        if (e.isMultipart()) multipart(e);
        else single(e);
        out.put(')');
    }

    private void multipart(MimeEntity e) {
        e.children().forEach(this::entity);
        if (e.children().isEmpty()) out.put(NO_PART); // the grammar wants one at least
        out.put(' ').string(e.subtype());
        if (!extended) return;
        out.put(' ');
        parameters(e.parameters());
        rest(e);
    }

    private void single(MimeEntity e) {
        out.string(e.type()).put(' ').string(e.subtype()).put(' ');
        parameters(e.parameters());
        out.put(' ').nstring(e.contentId()).put(' ').nstring(e.description());
        out.put(' ').string(e.encoding()).put(' ').number(e.bodyLength());
        if (isMessage(e)) message(e);
        if (isMessage(e) || e.isText()) out.put(' ').number(e.lines());
        if (!extended) return;
        out.put(' ').nstring(e.md5());
        rest(e);
    }

    /** By its name, because a client that reads this name expects the fields of a message. */
    private static boolean isMessage(MimeEntity e) {
        return e.type().equalsIgnoreCase("message") && e.subtype().equalsIgnoreCase("rfc822");
    }

    private void message(MimeEntity e) {
        out.put(' ');
        if (e.children().isEmpty()) {
            out.put(NO_ENVELOPE).put(' ').put(NO_PART);
            return;
        }
        MimeEntity inner = e.children().getFirst();
        inner.envelope()
                .ifPresentOrElse(
                        envelope -> EnvelopeWriter.write(envelope, out),
                        () -> out.put(NO_ENVELOPE));
        out.put(' ');
        entity(inner);
    }

    private void rest(MimeEntity e) {
        out.put(' ');
        e.disposition()
                .ifPresentOrElse(
                        d -> {
                            out.put('(').string(d.type()).put(' ');
                            parameters(d.parameters());
                            out.put(')');
                        },
                        () -> out.put("NIL"));
        out.put(' ');
        languages(e.languages());
        out.put(' ').nstring(e.location());
    }

    private void languages(List<String> languages) {
        if (languages.size() == 1) out.string(languages.getFirst());
        else if (languages.isEmpty()) out.put("NIL");
        else strings(languages);
    }

    private void parameters(List<MimeEntity.Parameter> parameters) {
        if (parameters.isEmpty()) {
            out.put("NIL");
            return;
        }
        strings(parameters.stream().flatMap(p -> Stream.of(p.name(), p.value())).toList());
    }

    private void strings(List<String> strings) {
        char before = '(';
        for (String s : strings) {
            out.put(before).string(s);
            before = ' ';
        }
        out.put(')');
    }
}
