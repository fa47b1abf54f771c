package dev.sobre.pop3;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RETR and TOP: send a message, or its header and first lines. RFC 1939 §5, §7. */
final class Retr extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Retr.class);

    private final boolean top;

    private Retr(String word, boolean top) {
        super(word);
        this.top = top;
    }

    static Retr whole() {
        return new Retr("RETR", false);
    }

    static Retr top() {
        return new Retr("TOP", true);
    }

    @Override
    Set<String> capabilities(Pop3Session session) {
        return top ? Set.of("TOP") : Set.of();
    }

    @Override
    Response run(Pop3Session session, String argument) {
        Optional<Maildrop> maildrop = session.maildrop();
        if (maildrop.isEmpty()) return Answer.err("log in first");
        String[] words = argument.strip().split(" +");
        if (words.length != (top ? 2 : 1)) return wrong();
        if (top && !words[1].matches("[0-9]{1,18}")) return wrong();
        long lines = top ? Long.parseLong(words[1]) : Long.MAX_VALUE;
        return switch (MessageNumber.parse(words[0], maildrop.get())) {
            case MessageNumber.Wrong(Answer answer) -> answer;
            case MessageNumber.Of(int position) ->
                    new Dialogue(
                            "", () -> send(session.connection(), maildrop.get(), position, lines));
        };
    }

    private Answer wrong() {
        return top
                ? Answer.err("I expected the number of a message and how many lines")
                : MessageNumber.missing();
    }

    /** Sends all but the dot at the end, which is the answer. */
    private static Response send(LineConnection to, Maildrop maildrop, int position, long lines)
            throws IOException {
        BlobReader body;
        try {
            Optional<Message> message = maildrop.message(position);
            if (message.isEmpty()) return Answer.err("the message was removed by another client");
            body = maildrop.store().open(message.get().body());
        } catch (StoreException e) {
            LOG.error("message {} can't be read", maildrop.uid(position), e);
            return Answer.err("[SYS/TEMP] the message can't be read now");
        }
        try (body) {
            to.write(Answer.ok(body.length() + " octets").line() + "\r\n");
            new Download(to, lines).send(body);
        }
        return new Dot();
    }
}
