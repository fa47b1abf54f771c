package dev.sobre.mail.rocksdb;

import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.MimeEntity.Disposition;
import dev.sobre.mail.mime.MimeEntity.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The stored form of a message's MIME structure. */
final class StructureCodec {

    private static final int DEEPEST = 1000; // far beyond what a parser lets through

    private StructureCodec() {}

    static byte[] encode(MimeEntity entity) {
        var out = new ByteWriter(256).u8(1);
        entity(out, entity);
        return out.done();
    }

    static MimeEntity decode(byte[] value) {
        return entity(new ByteReader(value).version(1), 0);
    }

    private static void entity(ByteWriter out, MimeEntity e) {
        out.text(e.type()).text(e.subtype());
        list(out, e.parameters(), StructureCodec::parameter);
        maybe(out, e.contentId(), ByteWriter::text);
        maybe(out, e.description(), ByteWriter::text);
        out.text(e.encoding());
        maybe(out, e.md5(), ByteWriter::text);
        maybe(out, e.disposition(), StructureCodec::disposition);
        list(out, e.languages(), ByteWriter::text);
        maybe(out, e.location(), ByteWriter::text);
        out.count(e.headerStart()).count(e.bodyStart()).count(e.end()).count(e.lines());
        maybe(out, e.envelope(), StructureCodec::envelope);
        list(out, e.children(), StructureCodec::entity);
    }

    private static MimeEntity entity(ByteReader in, int depth) {
        if (depth > DEEPEST) throw ByteReader.damaged("a structure that is too deep");
        return new MimeEntity(
                in.text(),
                in.text(),
                list(in, StructureCodec::parameter),
                maybe(in, ByteReader::text),
                maybe(in, ByteReader::text),
                in.text(),
                maybe(in, ByteReader::text),
                maybe(in, StructureCodec::disposition),
                list(in, ByteReader::text),
                maybe(in, ByteReader::text),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                maybe(in, StructureCodec::envelope),
                list(in, child -> entity(child, depth + 1)));
    }

    private static void parameter(ByteWriter out, Parameter p) {
        out.text(p.name()).text(p.value());
    }

    private static Parameter parameter(ByteReader in) {
        return new Parameter(in.text(), in.text());
    }

    private static void disposition(ByteWriter out, Disposition d) {
        out.text(d.type());
        list(out, d.parameters(), StructureCodec::parameter);
    }

    private static Disposition disposition(ByteReader in) {
        return new Disposition(in.text(), list(in, StructureCodec::parameter));
    }

    private static void envelope(ByteWriter out, MessageEnvelope e) {
        maybe(out, e.date(), ByteWriter::text);
        maybe(out, e.subject(), ByteWriter::text);
        for (var addresses : List.of(e.from(), e.sender(), e.replyTo(), e.to(), e.cc(), e.bcc())) {
            list(out, addresses, StructureCodec::address);
        }
        maybe(out, e.inReplyTo(), ByteWriter::text);
        maybe(out, e.messageId(), ByteWriter::text);
    }

    private static MessageEnvelope envelope(ByteReader in) {
        return new MessageEnvelope(
                maybe(in, ByteReader::text),
                maybe(in, ByteReader::text),
                list(in, StructureCodec::address),
                list(in, StructureCodec::address),
                list(in, StructureCodec::address),
                list(in, StructureCodec::address),
                list(in, StructureCodec::address),
                list(in, StructureCodec::address),
                maybe(in, ByteReader::text),
                maybe(in, ByteReader::text));
    }

    private static void address(ByteWriter out, MessageEnvelope.Mailbox m) {
        maybe(out, m.name(), ByteWriter::text);
        maybe(out, m.mailbox(), ByteWriter::text);
        maybe(out, m.host(), ByteWriter::text);
    }

    private static MessageEnvelope.Mailbox address(ByteReader in) {
        return new MessageEnvelope.Mailbox(
                maybe(in, ByteReader::text),
                maybe(in, ByteReader::text),
                maybe(in, ByteReader::text));
    }

    private static <T> void maybe(
            ByteWriter out, Optional<T> value, BiConsumer<ByteWriter, T> write) {
        out.u8(value.isPresent() ? 1 : 0);
        value.ifPresent(v -> write.accept(out, v));
    }

    private static <T> Optional<T> maybe(ByteReader in, Function<ByteReader, T> read) {
        return in.u8() == 0 ? Optional.empty() : Optional.of(read.apply(in));
    }

    private static <T> void list(ByteWriter out, List<T> values, BiConsumer<ByteWriter, T> write) {
        out.count(values.size());
        for (T value : values) write.accept(out, value);
    }

    private static <T> List<T> list(ByteReader in, Function<ByteReader, T> read) {
        int size = in.size();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) values.add(read.apply(in));
        return values;
    }
}
