package dev.sobre.imap;

import dev.sobre.imap.FetchItem.Partial;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.Section;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.Outlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message's structure and octets; the octets are opened when first asked for. */
final class MessageBody implements AutoCloseable {

    /** So much of a header is looked at; the rest of one that is longer is no header any more. */
    private static final int LONGEST_HEADER = 1 << 20;

    private static final MessageEnvelope NO_ENVELOPE =
            new MessageEnvelope(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    private final MailStore store;
    private final Message message;
    private @Nullable BlobReader reader;

    MessageBody(MailStore store, Message message) {
        this.store = store;
        this.message = message;
    }

    Message message() {
        return message;
    }

    MimeEntity structure() {
        return message.structure();
    }

    MessageEnvelope envelope() {
        return message.structure().envelope().orElse(NO_ENVELOPE);
    }

    /** Writes a section as a literal, or NIL when the message has no such part. */
    void write(Section section, Optional<Partial> partial, ImapWriter out) throws IOException {
        switch (SectionPlace.of(section, structure(), message.size())) {
            case SectionPlace.Nowhere nowhere -> out.put("NIL");
            case SectionPlace.Range range -> {
                var some = range.cut(partial);
                out.literal(open(), some.offset(), some.length());
            }
            case SectionPlace.Fields fields -> out.literal(cut(fields(section, fields), partial));
        }
    }

    /** A part without its encoding; the message itself, which has none, for {@code []}. */
    Optional<BinaryPart> binary(Section section) {
        if (section.part().isEmpty()) {
            var all = new SectionPlace.Range(0, message.size());
            return Optional.of(new BinaryPart(this, all, ""));
        }
        return SectionPlace.part(section.part(), structure())
                .map(
                        part -> {
                            var place = SectionPlace.body(part);
                            return new BinaryPart(this, place, part.encoding());
                        });
    }

    /** Whether the encoding of what is asked for can be undone. RFC 3516 §4.3. */
    boolean decodes(FetchItem item) {
        return switch (item) {
            case FetchItem.Binary b -> binary(b.section()).map(BinaryPart::isKnown).orElse(true);
            case FetchItem.BinarySize b ->
                    binary(b.section()).map(BinaryPart::isKnown).orElse(true);
            default -> true;
        };
    }

    /** Copies a section; false when the message has no such part. */
    boolean copy(Section section, Optional<Partial> partial, Outlet to) throws IOException {
        switch (SectionPlace.of(section, structure(), message.size())) {
            case SectionPlace.Nowhere nowhere -> {
                return false;
            }
            case SectionPlace.Range range -> {
                var some = range.cut(partial);
                open().copyTo(some.offset(), some.length(), to);
            }
            case SectionPlace.Fields fields ->
                    to.take(ByteBuffer.wrap(cut(fields(section, fields), partial)));
        }
        return true;
    }

    /**
     * Of the message's own header the store has the usual fields at hand; else the body is read.
     */
    private byte[] fields(Section section, SectionPlace.Fields fields) {
        boolean own = section.part().isEmpty() && !fields.which().not();
        return Optional.of(fields.which().names())
                .filter(names -> own)
                .flatMap(message::header)
                .orElseGet(() -> HeaderFilter.choose(octets(fields.header()), fields.which()));
    }

    /**
     * Octets of the message, as many as a header may have at most.
     *
     * @throws StoreException with {@link StoreException.Reason#DAMAGED} when they can't be read
     */
    private byte[] octets(SectionPlace.Range range) {
        byte[] octets = new byte[(int) Math.min(range.length(), LONGEST_HEADER)];
        ByteBuffer into = ByteBuffer.wrap(octets);
        try {
            while (into.hasRemaining()) {
                int read = open().read(range.offset() + into.position(), into);
                if (read <= 0) return Arrays.copyOf(octets, into.position());
            }
            return octets;
        } catch (IOException e) {
            throw new StoreException(StoreException.Reason.DAMAGED, "the message can't be read", e);
        }
    }

    BlobReader open() {
        if (reader == null) reader = store.open(message.body());
        return reader;
    }

    @Override
    public void close() {
        if (reader != null) reader.close();
    }

    private static byte[] cut(byte[] octets, Optional<Partial> partial) {
        if (partial.isEmpty()) return octets;
        long from = Math.min(partial.get().from(), octets.length);
        long to = Math.min(from + partial.get().count(), octets.length);
        return Arrays.copyOfRange(octets, (int) from, (int) to);
    }
}
