package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.Appended;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.TooLarge;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** APPEND: puts a message into a mailbox, as it arrives. RFC 3501 §6.3.11; RFC 4315 (APPENDUID). */
record Append(String mailbox, Flags flags, Optional<Instant> date, MessageLiteral message)
        implements Command<LoggedIn> {

    static Append parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        Flags flags = Flags.NONE;
        if (in.isNext('(')) {
            flags = in.messageFlags();
            in.space();
        }
        Optional<Instant> date = Optional.empty();
        if (in.isNext('"')) {
            date = Optional.of(in.dateTime());
            in.space();
        }
        return new Append(mailbox, flags, date, in.messageLiteral());
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        long limit = state.client().service().settings().messageLimit();
        if (message.length() > limit) return tooBig(limit);
        // RFC 7888 §5: the answer is BAD, with the code.
        if (message.isPushedTooFar()) return Reply.bad("wait for '+' first").code("TOOBIG");
        if (message.length() == 0) return Reply.no("CANNOT", "the message is empty");
        Optional<Mailbox> found = state.login().find(mailbox, 'i');
        if (found.isEmpty()) return state.login().refusal(mailbox, "TRYCREATE");
        try (var sink = state.store().sink(limit)) {
            if (!message.transferTo(sink)) {
                return Reply.no("CANNOT", "the message has a NUL octet, which no mail may have");
            }
            Flags mine = state.login().rights(found.get().id()).permitted(flags);
            Instant received = date.orElseGet(Instant::now);
            var delivery = new Delivery(DeliveryId.random(), sink.finish(), mine, received);
            Appended at = state.store().append(found.get().id(), List.of(delivery)).getFirst();
            return Reply.ok("APPEND completed").code(code(state.client(), at));
        } catch (TooLarge e) {
            return tooBig(limit); // it grew: bare line feeds became CRLF
        }
    }

    private static Reply tooBig(long limit) {
        return Reply.no("TOOBIG", "a message may have " + limit + " octets at most");
    }

    private static String code(Client client, Appended at) {
        if (!client.offers(Feature.UIDPLUS)) return "";
        return "APPENDUID " + at.uidValidity() + " " + at.uid();
    }
}
