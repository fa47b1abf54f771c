package dev.sobre.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;

/** The short verbs that James answers otherwise than we want. */
final class PlainVerbs {

    private PlainVerbs() {}

    /** RSET: drops the mail that is under way. RFC 5321 §4.1.1.5. */
    static final class Rset extends Verb {
        Rset() {
            super("RSET");
        }

        @Override
        Response run(SmtpSession session, String argument) {
            if (!argument.isEmpty()) return Reply.of(501, "5.5.4", "RSET stands alone"); // §4.1.1
            session.resetState();
            return Reply.of(250, "2.0.0", "OK");
        }
    }

    /** QUIT: ends the session. RFC 5321 §4.1.1.10. */
    static final class Quit extends Verb {
        Quit() {
            super("QUIT");
        }

        @Override
        Response run(SmtpSession session, String argument) {
            if (!argument.isEmpty()) return Reply.of(501, "5.5.4", "QUIT stands alone"); // §4.1.1
            String us = session.getConfiguration().getHelloName();
            return Reply.of(221, "2.0.0", us + " says good-bye").andEnd();
        }
    }

    /** VRFY: says neither yes nor no. RFC 5321 §3.5.3, §7.3. */
    static final class Vrfy extends Verb {
        Vrfy() {
            super("VRFY");
        }

        @Override
        Response run(SmtpSession session, String argument) {
            if (argument.isEmpty()) return Reply.of(501, "5.5.4", "VRFY wants a name");
            return Reply.of(252, "2.0.0", "try to send a mail and see");
        }
    }

    /** HELP. RFC 5321 §4.1.1.8. */
    static final class Help extends Verb {
        Help() {
            super("HELP");
        }

        @Override
        List<String> features(SmtpSession session) {
            return List.of("HELP");
        }

        @Override
        Response run(SmtpSession session, String argument) {
            return Reply.of(
                    214, "2.0.0", "EHLO HELO AUTH MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP");
        }
    }

    /** Every word that no other verb has. */
    static final class Unknown extends Verb {
        Unknown() {
            super(UnknownCommandHandler.COMMAND_IDENTIFIER);
        }

        @Override
        Response run(SmtpSession session, String argument) {
            return Reply.of(500, "5.5.1", "there is no such command");
        }
    }
}
