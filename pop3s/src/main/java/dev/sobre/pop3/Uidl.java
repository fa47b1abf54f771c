package dev.sobre.pop3;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** UIDL: the unique ids, which are read when they are first asked for. RFC 1939 §7. */
final class Uidl extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Uidl.class);

    Uidl() {
        super("UIDL");
    }

    @Override
    Set<String> capabilities(Pop3Session session) {
        return Set.of("UIDL");
    }

    @Override
    Response run(Pop3Session session, String argument) {
        Optional<Maildrop> maildrop = session.maildrop();
        if (maildrop.isEmpty()) return Answer.err("log in first");
        String number = argument.strip();
        if (number.isEmpty()) {
            return new Dialogue("", () -> list(session.connection(), maildrop.get()));
        }
        return switch (MessageNumber.parse(number, maildrop.get())) {
            case MessageNumber.Wrong(Answer answer) -> answer;
            case MessageNumber.Of(int position) ->
                    new Dialogue("", () -> one(maildrop.get(), position));
        };
    }

    private static Response one(Maildrop maildrop, int position) {
        try {
            return Answer.ok((position + 1) + " " + maildrop.uniqueIds().of(position));
        } catch (StoreException e) {
            return unreadable(e);
        }
    }

    private static Response list(LineConnection to, Maildrop maildrop) throws IOException {
        UniqueIds ids;
        try {
            ids = maildrop.uniqueIds();
        } catch (StoreException e) {
            return unreadable(e);
        }
        to.write(Answer.ok("unique ids follow").line() + "\r\n");
        for (int at = 0; at < maildrop.size(); at++) {
            if (!maildrop.isMarked(at)) to.write((at + 1) + " " + ids.of(at) + "\r\n");
        }
        return new Dot();
    }

    private static Answer unreadable(StoreException e) {
        LOG.error("unique ids can't be read", e);
        return Answer.err("[SYS/TEMP] the unique ids can't be read now");
    }
}
