package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.mime.BaseSubject;
import dev.sobre.mail.mime.MessageEnvelope;
import dev.sobre.mail.mime.RawFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What THREAD asks of a message.
 *
 * @param sent in milliseconds since 1970
 * @param subject the base subject, folded
 * @param reply whether its subject says that it answers or forwards another
 * @param id its Message-ID; empty for none
 * @param references the ids of its ancestors, the eldest first
 */
record ThreadEntry(
        long uid, long sent, String subject, boolean reply, String id, List<String> references) {

    private static final List<String> REFERENCES = List.of("References");

    /** So many ancestors are looked at: more than any header that is kept at hand has. */
    private static final int MOST_REFERENCES = 500;

    /** What is asked by the subject alone. */
    static ThreadEntry bySubject(MailboxIndex now, int at, Message message) {
        var envelope = message.structure().envelope();
        var subject = BaseSubject.of(envelope.flatMap(MessageEnvelope::subject).orElse(""));
        // Latin-1 is the one charset in which any octets are a text, and one that compares.
        String folded = new String(Folding.of(subject.text()), StandardCharsets.ISO_8859_1);
        long sent = PlaceWriter.sent(envelope, now.internalDate(at)).toEpochMilli();
        return new ThreadEntry(message.uid(), sent, folded, subject.reply(), "", List.of());
    }

    /** All that is asked. */
    static ThreadEntry of(MailStore store, MailboxIndex now, int at, Message message) {
        var some = bySubject(now, at, message);
        var envelope = message.structure().envelope();
        String id =
                first(envelope.flatMap(MessageEnvelope::messageId)).stream().findFirst().orElse("");
        var references = MessageIds.of(references(store, message), MOST_REFERENCES);
        // RFC 5256: In-Reply-To, and one of it, where References names none.
        if (references.isEmpty()) references = first(envelope.flatMap(MessageEnvelope::inReplyTo));
        return new ThreadEntry(some.uid, some.sent, some.subject, some.reply, id, references);
    }

    private static List<String> first(Optional<String> field) {
        return field.map(f -> MessageIds.of(f, 1)).orElse(List.of());
    }

    /** The field is at hand, unless the header is uncommonly long. */
    private static String references(MailStore store, Message message) {
        var fields = message.header(REFERENCES);
        if (fields.isPresent()) return text(fields.get());
        try (var body = store.open(message.body())) {
            byte[] header = MessageText.header(body, message.structure());
            return text(RawFields.choose(header, name -> name.equalsIgnoreCase("References")));
        } catch (IOException e) {
            return "";
        } catch (StoreException e) {
            if (!Query.isDamaged(e)) throw e;
            return "";
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** About how many octets it takes in memory. */
    int size() {
        int size = 160 + subject.length() + id.length();
        for (String each : references) size += 60 + each.length();
        return size;
    }
}
