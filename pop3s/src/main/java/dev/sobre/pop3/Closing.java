package dev.sobre.pop3;

import dev.sobre.mail.StoreException;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RSET and QUIT: drop the marks, or act on them. RFC 1939 §5, §6. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    /** RSET: unmarks all messages. */
    static final class Rset extends Verb {
        Rset() {
            super("RSET");
        }

        @Override
        Response run(Pop3Session session, String argument) {
            return session.maildrop()
                    .map(
                            maildrop -> {
                                maildrop.unmarkAll();
                                return Answer.ok("nothing will be deleted");
                            })
                    .orElseGet(() -> Answer.err("log in first"));
        }
    }

    /** QUIT: after login, removes what is marked; nothing else ever does. */
    static final class Quit extends Verb {
        Quit() {
            super("QUIT");
        }

        @Override
        Response run(Pop3Session session, String argument) {
            return session.maildrop()
                    .<Response>map(maildrop -> new Dialogue("", () -> update(maildrop)))
                    .orElseGet(() -> Answer.ok("good-bye").andClose());
        }

        private static Answer update(Maildrop maildrop) {
            try {
                maildrop.update();
                return Answer.ok("good-bye").andClose();
            } catch (StoreException e) {
                LOG.error("messages could not be removed", e);
                return Answer.err("[SYS/TEMP] some deleted messages were not removed").andClose();
            }
        }
    }
}
