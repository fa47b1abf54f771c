package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.Optional;

/** Puts a message together from literals and from parts of stored messages. RFC 4469. */
final class Catenate {

    private final LoggedIn state;
    private final ImapReader in;

    Catenate(LoggedIn state, ImapReader in) {
        this.state = state;
        this.in = in;
    }

    /** Reads the parts up to the closing parenthesis; gives the refusal when one can't be had. */
    Optional<Reply> write(IncomingMessage into, long limit) throws IOException, BadMessage {
        state.client().require(Feature.CATENATE);
        state.client().connection().stepAside(); // parts of stored messages may be large
        do {
            String kind = in.keyword();
            in.space();
            Optional<Reply> refused =
                    switch (kind) {
                        case "TEXT" -> text(in.messageLiteral(), into, limit);
                        case "URL" -> url(in.astring(), into);
                        default -> throw new BadMessage("a part is TEXT or URL");
                    };
            if (refused.isPresent()) return refused;
        } while (in.take(' '));
        in.expect(')');
        return Optional.empty();
    }

    private Optional<Reply> text(MessageLiteral literal, IncomingMessage into, long limit)
            throws IOException, BadMessage {
        Optional<Reply> refused = Uploads.refusal(literal, state.client());
        if (refused.isPresent()) return refused;
        if (literal.length() > limit - into.length()) {
            return Optional.of(Uploads.tooBig(limit));
        }
        return into.take(literal);
    }

    private Optional<Reply> url(String text, IncomingMessage into) throws IOException {
        Optional<MessageUrl> url = MessageUrl.parse(text);
        if (url.isPresent() && copy(url.get(), into)) return Optional.empty();
        return Optional.of(Reply.no("BADURL " + shown(text), "no message is to be had there"));
    }

    /** RFC 4469 §5, url-resp-text; whatever else the client sent in its place is not repeated. */
    private static String shown(String url) {
        return url.replaceAll("[^\\x21-\\x7e]|[\\]\\\\]", "?");
    }

    private boolean copy(MessageUrl url, IncomingMessage into) throws IOException {
        Optional<MailboxId> mailbox = mailbox(url);
        if (mailbox.isEmpty() || url.uid() < 1 || url.uid() > UidSet.HIGHEST) return false;
        var counters = state.store().state(mailbox.get());
        if (url.uidValidity() != 0 && url.uidValidity() != counters.uidValidity()) return false;
        try (var messages = state.store().messages(mailbox.get(), UidSet.of(url.uid()))) {
            var message = messages.next();
            if (message.isEmpty()) return false;
            try (var body = new MessageBody(state.store(), message.get())) {
                return body.copy(url.section(), url.partial(), into);
            }
        }
    }

    private Optional<MailboxId> mailbox(MessageUrl url) {
        if (url.mailbox().isPresent()) {
            return state.login().find(url.mailbox().get(), 'r').map(Mailbox::id);
        }
        return state instanceof Selected s ? Optional.of(s.view().id()) : Optional.empty();
    }
}
