package dev.sobre.mail.codec;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.MessageEnvelope.Mailbox;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.MimeEntity.Disposition;
import dev.sobre.mail.mime.MimeEntity.Parameter;
import dev.sobre.mail.mime.MimeParser;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The stored form of a {@link MimeEntity}: a version octet, then its fields in order. Numbers are
 * LEB128; a text or list begins with its length, where an optional text has 0 for absence and its
 * length plus one otherwise. Offsets are kept as differences, so that a plain mail takes about the
 * room of its envelope.
 */
public final class MimeCodec {

    private static final int VERSION = 1;

    private MimeCodec() {}

    public static byte[] encode(MimeEntity entity) {
        var out = new CompactWriter();
        out.number(VERSION);
        write(out, entity, 0);
        return out.octets();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws StoreException with {@link Reason#DAMAGED} when it is anything else
     */
    public static MimeEntity decode(ByteBuffer stored) {
        var in = new CompactReader(stored.duplicate());
        try {
            if (in.number() != VERSION) throw damaged();
            return read(in, 0, 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new StoreException(Reason.DAMAGED, "a message's structure is damaged", e);
        }
    }

    private static void write(CompactWriter out, MimeEntity e, long before) {
        out.text(e.type());
        out.text(e.subtype());
        out.list(e.parameters(), MimeCodec::write);
        out.optional(e.contentId());
        out.optional(e.description());
        out.text(e.encoding());
        out.optional(e.md5());
        out.number(e.disposition().isPresent() ? 1 : 0);
        e.disposition().ifPresent(d -> write(out, d));
        out.list(e.languages(), CompactWriter::text);
        out.optional(e.location());
        out.number(e.headerStart() - before);
        out.number(e.bodyStart() - e.headerStart());
        out.number(e.end() - e.bodyStart());
        out.number(e.lines());
        out.number(e.envelope().isPresent() ? 1 : 0);
        e.envelope().ifPresent(envelope -> write(out, envelope));
        out.list(e.children(), (o, child) -> write(o, child, e.headerStart()));
    }

    private static MimeEntity read(CompactReader in, long before, int depth) {
        if (depth > MimeParser.DEEPEST) throw damaged();
        String type = in.text();
        String subtype = in.text();
        var parameters = in.list(MimeCodec::readParameter);
        var contentId = in.optional();
        var description = in.optional();
        String encoding = in.text();
        var md5 = in.optional();
        var disposition = in.present(MimeCodec::readDisposition);
        var languages = in.list(CompactReader::text);
        var location = in.optional();
        long headerStart = before + in.number();
        long bodyStart = headerStart + in.number();
        long end = bodyStart + in.number();
        long lines = in.number();
        var envelope = in.present(MimeCodec::readEnvelope);
        var children = in.list(i -> read(i, headerStart, depth + 1));
        return new MimeEntity(
                type,
                subtype,
                parameters,
                contentId,
                description,
                encoding,
                md5,
                disposition,
                languages,
                location,
                headerStart,
                bodyStart,
                end,
                lines,
                envelope,
                children);
    }

    private static void write(CompactWriter out, Parameter p) {
        out.text(p.name());
        out.text(p.value());
    }

    private static Parameter readParameter(CompactReader in) {
        return new Parameter(in.text(), in.text());
    }

    private static void write(CompactWriter out, Disposition d) {
        out.text(d.type());
        out.list(d.parameters(), MimeCodec::write);
    }

    private static Disposition readDisposition(CompactReader in) {
        return new Disposition(in.text(), in.list(MimeCodec::readParameter));
    }

    private static void write(CompactWriter out, MessageEnvelope e) {
        out.optional(e.date());
        out.optional(e.subject());
        out.list(e.from(), MimeCodec::write);
        out.list(e.sender(), MimeCodec::write);
        out.list(e.replyTo(), MimeCodec::write);
        out.list(e.to(), MimeCodec::write);
        out.list(e.cc(), MimeCodec::write);
        out.list(e.bcc(), MimeCodec::write);
        out.optional(e.inReplyTo());
        out.optional(e.messageId());
    }

    private static MessageEnvelope readEnvelope(CompactReader in) {
        return new MessageEnvelope(
                in.optional(),
                in.optional(),
                in.list(MimeCodec::readMailbox),
                in.list(MimeCodec::readMailbox),
                in.list(MimeCodec::readMailbox),
                in.list(MimeCodec::readMailbox),
                in.list(MimeCodec::readMailbox),
                in.list(MimeCodec::readMailbox),
                in.optional(),
                in.optional());
    }

    private static void write(CompactWriter out, Mailbox m) {
        out.optional(m.name());
        out.optional(m.mailbox());
        out.optional(m.host());
    }

    private static Mailbox readMailbox(CompactReader in) {
        return new Mailbox(in.optional(), in.optional(), in.optional());
    }

    private static StoreException damaged() {
        return new StoreException(Reason.DAMAGED, "a message's structure is damaged");
    }
}
