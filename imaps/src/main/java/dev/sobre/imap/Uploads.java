package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.TooLarge;
import dev.sobre.mail.mime.NotTransportable;
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
    private final List<IncomingMessage> messages = new ArrayList<>();
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
        var into = new IncomingMessage(state.store(), limit);
        messages.add(into);
        try {
            Optional<Reply> refused =
                    message.octets().isPresent()
                            ? write(message.octets().get(), into)
                            : new Catenate(state, in).write(into, limit);
            if (refused.isPresent()) return refused;
            if (message.enclosed()) in.expect(')');
            Instant received = message.date().orElseGet(Instant::now);
            var flags = rights.permitted(message.flags()); // RFC 4314 §4
            deliveries.add(new Delivery(DeliveryId.random(), into.finish(), flags, received));
        } catch (TooLarge e) {
            return Optional.of(tooBig(limit)); // it grew: by line ends, or by base64
        } catch (NotTransportable e) {
            return Optional.of(Reply.no("UNKNOWN-CTE", String.valueOf(e.getMessage())));
        }
        octets += into.length();
        return Optional.empty();
    }

    /** Takes the message that begins the command and all that follow it. RFC 3502. */
    Optional<Reply> takeAll(AppendedMessage first) throws IOException, BadMessage {
        var message = first;
        while (true) {
            Optional<Reply> refused = take(message);
            if (refused.isPresent()) return refused;
            if (!state.client().offers(Feature.MULTIAPPEND) || !in.take(' ')) break;
            var most = MessageLimit.of(state.client());
            if (!most.allows(deliveries.size() + 1)) {
                return Optional.of(most.refusal("append fewer messages at a time"));
            }
            if (deliveries.size() == MOST || octets > limit()) {
                return Optional.of(Reply.no("LIMIT", "append fewer messages at a time"));
            }
            message = AppendedMessage.parse(in);
        }
        in.endOfLine();
        return Optional.empty();
    }

    private Optional<Reply> write(MessageLiteral literal, IncomingMessage into)
            throws IOException, BadMessage {
        if (literal.length() > limit()) return Optional.of(tooBig(limit()));
        Optional<Reply> refused = refusal(literal, state.client());
        if (refused.isPresent()) return refused;
        if (literal.length() == 0) return Optional.of(Reply.no("CANNOT", "the message is empty"));
        return into.take(literal);
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

    static Reply tooBig(long limit) {
        return Reply.no("TOOBIG", "a message may have " + limit + " octets at most");
    }

    private long limit() {
        return state.client().service().settings().sizes().message();
    }

    @Override
    public void close() {
        messages.forEach(IncomingMessage::close);
    }
}
