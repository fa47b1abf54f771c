package dev.sobre.imap;

import dev.sobre.imap.wire.EnvelopeWriter;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.StructureWriter;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One untagged FETCH: the answers for one message. RFC 3501 §7.4.2. */
final class FetchResponse {

    private FetchResponse() {}

    /**
     * A message as far as the items need it.
     *
     * @param body of a message that was looked up; the index knows none
     */
    record Subject(
            long uid,
            Flags flags,
            long modSeq,
            Instant internalDate,
            Instant savedDate,
            long size,
            Optional<MessageBody> body) {

        static Subject of(MailboxIndex index, int at) {
            return new Subject(
                    index.uid(at),
                    index.flags(at),
                    index.modSeq(at),
                    index.internalDate(at),
                    index.savedDate(at),
                    index.octets(at),
                    Optional.empty());
        }

        static Subject of(Message m, MessageBody body) {
            return new Subject(
                    m.uid(),
                    m.flags(),
                    m.modSeq(),
                    m.internalDate(),
                    m.savedDate(),
                    m.size(),
                    Optional.of(body));
        }

        Message message() {
            return body.orElseThrow().message();
        }
    }

    static void write(List<FetchItem> items, Subject subject, MailboxView view, ImapWriter out)
            throws IOException {
        if (items.contains(FetchItem.Known.FLAGS)) {
            view.learn(subject.flags, out);
            view.remember(subject.uid, subject.flags);
        }
        view.beginFetch(view.sequence(subject.uid), subject.uid, out);
        String before = "";
        for (FetchItem item : items) {
            out.put(before);
            before = " ";
            switch (item) {
                case FetchItem.Known known -> write(known, subject, view, out);
                case FetchItem.Octets octets -> write(octets, subject.body.orElseThrow(), out);
                case FetchItem.Binary binary -> write(binary, subject.body.orElseThrow(), out);
                case FetchItem.BinarySize size -> {
                    var part = subject.body.orElseThrow().binary(size.section());
                    out.put("BINARY.SIZE").section(size.section()).put(' ');
                    out.number(part.map(BinaryPart::size).orElse(0L));
                }
            }
        }
        out.put(')').endLine();
    }

    private static void write(
            FetchItem.Known item, Subject subject, MailboxView view, ImapWriter out) {
        out.put(item.word()).put(' ');
        switch (item) {
            case UID -> out.number(subject.uid);
            case FLAGS -> view.putFlags(subject.uid, subject.flags, out);
            case INTERNALDATE -> out.dateTime(subject.internalDate);
            case SIZE -> out.number(subject.size);
            case MODSEQ -> out.put('(').number(subject.modSeq).put(')');
            case SAVEDATE -> out.dateTime(subject.savedDate);
            case EMAILID -> out.objectId(subject.message().emailId().text());
            case THREADID -> out.objectId(subject.message().threadId().text());
            case PREVIEW -> out.string(subject.message().preview());
            case ENVELOPE -> EnvelopeWriter.write(subject.body.orElseThrow().envelope(), out);
            case BODY -> structure(false, subject, out);
            case BODYSTRUCTURE -> structure(true, subject, out);
        }
    }

    private static void structure(boolean extended, Subject subject, ImapWriter out) {
        StructureWriter.write(subject.body.orElseThrow().structure(), extended, out);
    }

    private static void write(FetchItem.Octets item, MessageBody body, ImapWriter out)
            throws IOException {
        if (item.name().isPresent()) out.put(item.name().get());
        else out.put("BODY").section(item.section());
        origin(item.partial(), out);
        body.write(item.section(), item.partial(), out);
    }

    private static void write(FetchItem.Binary item, MessageBody body, ImapWriter out)
            throws IOException {
        out.put("BINARY").section(item.section());
        origin(item.partial(), out);
        var part = body.binary(item.section());
        if (part.isPresent()) part.get().write(item.partial(), out);
        else out.put("NIL");
    }

    private static void origin(Optional<FetchItem.Partial> partial, ImapWriter out) {
        partial.ifPresent(p -> out.put('<').number(p.from()).put('>'));
        out.put(' ');
    }
}
