package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.TooLarge;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The messages of an APPEND or a REPLACE on their way in: nothing is stored before all have come
 * (RFC 3502 §6.3.11).
 */
final class Uploads implements AutoCloseable {

    /** The most messages of one command. Each may hold memory while it waits for the others. */
    private static final int MOST = 100;

    private final LoggedIn state;
    private final ImapReader in;
    private final Rights rights;
    private final List<BlobSink> sinks = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private long octets;

    Uploads(LoggedIn state, ImapReader in, MailboxId to) {
        this.state = state;
        this.in = in;
        this.rights = state.login().rights(to);
    }

    /** What has come. */
    List<Delivery> deliveries() {
        return deliveries;
    }

    /**
     * Takes a message, which may be the only one.
     *
     * @return the refusal when it can't be taken
     */
    Optional<Reply> take(AppendedMessage message) throws IOException, BadMessage {
        long limit = limit();
        var sink = state.store().sink(limit);
        sinks.add(sink);
        try {
            Optional<Reply> refused =
                    message.octets().isPresent()
                            ? write(message.octets().get(), sink)
                            : new Catenate(state, in).write(sink, limit);
            if (refused.isPresent()) return refused;
            if (message.enclosed()) in.expect(')');
        } catch (TooLarge e) {
            return Optional.of(tooBig(limit)); // it grew: bare line feeds became CRLF
        }
        octets += sink.length();
        Instant received = message.date().orElseGet(Instant::now);
        var flags = rights.permitted(message.flags()); // RFC 4314 §4
        deliveries.add(new Delivery(DeliveryId.random(), sink.finish(), flags, received));
        return Optional.empty();
    }

    /** Takes the message that begins the command and all that follow it. RFC 3502. */
    Optional<Reply> takeAll(AppendedMessage first) throws IOException, BadMessage {
        var message = first;
        while (true) {
            Optional<Reply> refused = take(message);
            if (refused.isPresent()) return refused;
            if (!state.client().offers(Feature.MULTIAPPEND) || !in.take(' ')) break;
            if (deliveries.size() == MOST || octets > limit()) {
                return Optional.of(Reply.no("LIMIT", "append fewer messages at a time"));
            }
            message = AppendedMessage.parse(in);
        }
        in.endOfLine();
        return Optional.empty();
    }

    private Optional<Reply> write(MessageLiteral literal, BlobSink sink)
            throws IOException, BadMessage {
        if (literal.length() > limit()) return Optional.of(tooBig(limit()));
        Optional<Reply> refused = refusal(literal, state.client());
        if (refused.isPresent()) return refused;
        if (literal.length() == 0) return Optional.of(Reply.no("CANNOT", "the message is empty"));
        return literal.transferTo(sink) ? Optional.empty() : Optional.of(notText(literal));
    }

    /** Why a literal can't be taken at all. */
    static Optional<Reply> refusal(MessageLiteral literal, Client client) {
        if (literal.binary() && !client.offers(Feature.BINARY)) {
            return Optional.of(Reply.bad("there is no literal8 here"));
        }
        // RFC 7888 §5: the answer is BAD, with the code.
        if (!literal.isPushedTooFar()) return Optional.empty();
        return Optional.of(Reply.bad("wait for '+' first").code("TOOBIG"));
    }

    /** RFC 3516 §4.4: a store of mail, which is text, knows no encoding for such octets. */
    static Reply notText(MessageLiteral literal) {
        return literal.binary()
                ? Reply.no("UNKNOWN-CTE", "encode what is not text, for instance in base64")
                : Reply.no("CANNOT", "the message has a NUL octet, which no mail may have");
    }

    static Reply tooBig(long limit) {
        return Reply.no("TOOBIG", "a message may have " + limit + " octets at most");
    }

    private long limit() {
        return state.client().service().settings().messageLimit();
    }

    @Override
    public void close() {
        sinks.forEach(BlobSink::close);
    }
}
