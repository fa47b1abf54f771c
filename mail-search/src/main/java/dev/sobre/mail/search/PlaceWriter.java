package dev.sobre.mail.search;

import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.mime.BaseSubject;
import dev.sobre.mail.mime.EncodedWords;
import dev.sobre.mail.mime.MessageEnvelope;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongToIntFunction;

/**
 * Writes the places of messages in an order: numbers with the highest octet first, texts folded
 * (i;unicode-casemap, RFC 5256 §7) and ended by an octet that is below all others; what is reversed
 * has each octet inverted.
 */
final class PlaceWriter {

    /** So much of a text is compared. */
    private static final int LONGEST = 1000;

    private static final Set<SortKey.Field> OF_INDEX =
            Set.of(SortKey.Field.ARRIVAL, SortKey.Field.SIZE, SortKey.Field.RELEVANCY);

    private final MailboxIndex now;
    private final List<SortKey> order;
    private final LongToIntFunction relevancy;

    /** Writes places by what {@code order} says, where relevancies go from 1 to 100. */
    PlaceWriter(MailboxIndex now, List<SortKey> order, LongToIntFunction relevancy) {
        this.now = now;
        this.order = List.copyOf(order);
        this.relevancy = relevancy;
    }

    /** Whether the index of the mailbox is all that is needed. */
    boolean needsNoMessage() {
        return order.stream().allMatch(key -> OF_INDEX.contains(key.field()));
    }

    /** The place of a message of the mailbox, without one to look at. */
    SortPlace place(int at) {
        return place(at, Optional.empty());
    }

    SortPlace place(int at, Message message) {
        return place(at, Optional.of(message));
    }

    private SortPlace place(int at, Optional<Message> message) {
        var envelope = message.flatMap(m -> m.structure().envelope());
        var out = new ByteArrayOutputStream();
        for (SortKey key : order) {
            byte[] value = value(key.field(), at, envelope);
            if (key.reverse()) for (int i = 0; i < value.length; i++) value[i] ^= (byte) 0xFF;
            out.writeBytes(value);
        }
        out.writeBytes(number(now.uid(at), Integer.BYTES));
        return new SortPlace(out.toByteArray());
    }

    private byte[] value(SortKey.Field field, int at, Optional<MessageEnvelope> envelope) {
        return switch (field) {
            case ARRIVAL -> time(now.internalDate(at));
            case DATE -> time(sent(envelope, now.internalDate(at)));
            case RELEVANCY -> number(100 - relevancy.applyAsInt(now.uid(at)), 1);
            case SIZE -> number(now.octets(at), Long.BYTES);
            case SUBJECT ->
                    text(
                            envelope.flatMap(MessageEnvelope::subject)
                                    .map(s -> BaseSubject.of(s).text())
                                    .orElse(""));
            case CC -> text(first(envelope, MessageEnvelope::cc, PlaceWriter::local));
            case FROM -> text(first(envelope, MessageEnvelope::from, PlaceWriter::local));
            case TO -> text(first(envelope, MessageEnvelope::to, PlaceWriter::local));
            case DISPLAYFROM -> text(first(envelope, MessageEnvelope::from, PlaceWriter::display));
            case DISPLAYTO -> text(first(envelope, MessageEnvelope::to, PlaceWriter::display));
        };
    }

    /** RFC 5256 §2.2: where the Date field says nothing, the internal date does. */
    static Instant sent(Optional<MessageEnvelope> envelope, Instant internalDate) {
        return envelope.flatMap(MessageEnvelope::date).flatMap(SentTime::of).orElse(internalDate);
    }

    private static String first(
            Optional<MessageEnvelope> envelope,
            Function<MessageEnvelope, List<MessageEnvelope.Mailbox>> list,
            Function<MessageEnvelope.Mailbox, String> value) {
        return envelope.map(list).flatMap(all -> all.stream().findFirst()).map(value).orElse("");
    }

    private static String local(MessageEnvelope.Mailbox mailbox) {
        return mailbox.mailbox().orElse("");
    }

    /** RFC 5957 §3. */
    private static String display(MessageEnvelope.Mailbox mailbox) {
        String name = EncodedWords.decode(mailbox.name().orElse(""));
        if (!name.isEmpty()) return name;
        String host = mailbox.host().filter(h -> !h.isEmpty()).map(h -> "@" + h).orElse("");
        return local(mailbox) + host;
    }

    private static byte[] text(String text) {
        var octets = new OctetBuffer(LONGEST);
        new Folding(octets).text(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        byte[] folded = octets.toArray();
        return Arrays.copyOf(folded, folded.length + 1); // NUL, which no folded text has
    }

    /** Milliseconds, those before 1970 below the others. */
    private static byte[] time(Instant time) {
        return number(time.toEpochMilli() ^ Long.MIN_VALUE, Long.BYTES);
    }

    private static byte[] number(long value, int octets) {
        byte[] out = new byte[octets];
        for (int i = 0; i < octets; i++) out[i] = (byte) (value >>> ((octets - 1 - i) * 8));
        return out;
    }
}
